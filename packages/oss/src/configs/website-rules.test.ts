import { expect, test } from 'vitest';
import { readWebsiteRules } from './website-rules.ts';

const document = (rest: string): string =>
  `<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument>${rest}</WebsiteConfiguration>`;

test('what the Go SDK v1 leaves empty is not there', () => {
  const rules = readWebsiteRules(
    document('<ErrorDocument><Key></Key></ErrorDocument><RoutingRules></RoutingRules>'),
  );
  expect(rules.error).toBeUndefined();
});

test('routing rules are not followed, and said to be so', () => {
  const rule = '<RoutingRules><RoutingRule><RuleNumber>1</RuleNumber></RoutingRule></RoutingRules>';
  expect(() => readWebsiteRules(document(rule))).toThrow(expect.objectContaining({ code: 'NotImplemented' }));
});
