// Command generateSdk writes the C# SDK of a package's schema: `generateSdk SCHEMA LOGO FOLDER`. The generator is the
// last one that lies in a Go module; the language host of a released CLI has a newer one.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var spec schema.PackageSpec
	check(json.Unmarshal(text, &spec))
	// The generator fetches the logo, which is not at its address before the first release.
	logo, err := os.ReadFile(os.Args[2])
	check(err)
	server := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, _ *http.Request) {
		_, err := response.Write(logo)
		check(err)
	}))
	defer server.Close()
	spec.LogoURL = server.URL
	bound, faults, err := schema.BindSpec(spec, nil)
	check(err)
	if faults.HasErrors() {
		check(faults)
	}
	files, err := dotnet.GeneratePackage("generateSdk", bound, nil)
	check(err)
	for name, content := range files {
		path := filepath.Join(os.Args[3], name)
		check(os.MkdirAll(filepath.Dir(path), 0o755))
		check(os.WriteFile(path, content, 0o644))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
