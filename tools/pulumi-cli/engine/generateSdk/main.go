// Command generateSdk writes the Node.js SDK of a package's schema, as `pulumi package gen-sdk` does where the language
// host can: `generateSdk SCHEMA FOLDER`.
package main

import (
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var spec schema.PackageSpec
	check(json.Unmarshal(text, &spec))
	bound, faults, err := schema.BindSpec(spec, nil, schema.ValidationOptions{})
	check(err)
	if faults.HasErrors() {
		check(faults)
	}
	files, err := nodejs.GeneratePackage("generateSdk", bound, nil, nil, false, nil)
	check(err)
	for name, content := range files {
		path := filepath.Join(os.Args[2], name)
		check(os.MkdirAll(filepath.Dir(path), 0o755))
		check(os.WriteFile(path, content, 0o644))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
