// Package report tells which methods of a client library a program used, and how each of them went.
package report

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
)

// NotUsed is the outcome of a method that no check uses.
const NotUsed = "not used"

// Passed is the outcome of a method all of whose checks went well.
const Passed = "passed"

// Report is the outcome of each method, by name.
type Report struct {
	outcomes map[string]string
}

// New knows the exported methods of these values, each under the name of its type.
func New(clients ...any) *Report {
	outcomes := map[string]string{}
	for _, client := range clients {
		kind := reflect.TypeOf(client)
		for index := range kind.NumMethod() {
			outcomes[kind.Elem().Name()+"."+kind.Method(index).Name] = NotUsed
		}
	}
	return &Report{outcomes}
}

// Check runs something that uses these methods ("Bucket.PutObject Bucket.GetObject"). A panic is their failure.
func (r *Report) Check(methods string, run func()) {
	outcome := Passed
	func() {
		defer func() {
			if problem := recover(); problem != nil {
				outcome = fmt.Sprint(problem)
			}
		}()
		run()
	}()
	for _, method := range strings.Fields(methods) {
		if _, known := r.outcomes[method]; !known {
			panic("no such method: " + method)
		}
		if r.outcomes[method] == NotUsed || outcome != Passed {
			r.outcomes[method] = outcome
		}
	}
}

// Write puts the outcomes of all signatures into a file, as JSON.
func Write(file string, reports map[string]*Report) {
	bySignature := map[string]map[string]string{}
	for signature, report := range reports {
		bySignature[signature] = report.outcomes
	}
	text, err := json.Marshal(bySignature)
	Check(err)
	Check(os.WriteFile(file, text, 0o600))
}

// Check panics when there is an error.
func Check(err error) {
	if err != nil {
		panic(err)
	}
}

// Must gives the value of a call that must not fail.
func Must[T any](value T, err error) T {
	Check(err)
	return value
}

// Equal panics when the values differ.
func Equal[T any](found, wanted T) {
	if !reflect.DeepEqual(found, wanted) {
		panic(fmt.Sprintf("found %v instead of %v", found, wanted))
	}
}
