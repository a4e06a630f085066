# One file per step stands in scripts/; this file only names them.
.PHONY: demo test images clean verify

demo test images clean:
	@scripts/$@.sh

verify: node_modules
	@npm run verify

node_modules: package-lock.json
	@npm ci
	@touch node_modules
