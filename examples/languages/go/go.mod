module rollout-in-go

go 1.24

require (
	github.com/pulumi-instance-refresh/pulumi-instance-refresh/sdk/go/instancerefresh v0.1.0
	github.com/pulumi/pulumi/sdk/v3 v3.232.0
)

// The unpacked archive of the SDK, from the page of the release.
replace github.com/pulumi-instance-refresh/pulumi-instance-refresh/sdk/go/instancerefresh => ./instancerefresh
