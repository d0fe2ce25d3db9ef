// Command generateSdk writes the SDK of a package's schema, as `pulumi package gen-sdk` does where the language host can:
// `generateSdk LANGUAGE SCHEMA FOLDER`.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	language, file, folder := os.Args[1], os.Args[2], os.Args[3]
	text, err := os.ReadFile(file)
	check(err)
	var spec schema.PackageSpec
	check(json.Unmarshal(text, &spec))
	bound, faults, err := schema.BindSpec(spec, nil, schema.ValidationOptions{})
	check(err)
	if faults.HasErrors() {
		check(faults)
	}
	files, err := generate(language, bound)
	check(err)
	for name, content := range files {
		path := filepath.Join(folder, name)
		check(os.MkdirAll(filepath.Dir(path), 0o755))
		check(os.WriteFile(path, content, 0o644))
	}
}

func generate(language string, bound *schema.Package) (map[string][]byte, error) {
	switch language {
	case "nodejs":
		return nodejs.GeneratePackage("generateSdk", bound, nil, nil, false, nil)
	case "python":
		return python.GeneratePackage("generateSdk", bound, nil, nil)
	case "go":
		return gogen.GeneratePackage("generateSdk", bound, nil)
	}
	return nil, fmt.Errorf("there is no generator for %s", language)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
