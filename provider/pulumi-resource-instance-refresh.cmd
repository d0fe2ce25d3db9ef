@rem For Windows, where the script beside this file cannot be started by itself.
@node "%~dp0pulumi-resource-instance-refresh" %*
