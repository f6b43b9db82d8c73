# What every file does first: the staged module, and where the example data lies.
$root = Resolve-Path (Join-Path $PSScriptRoot '../..')
$manifest = Join-Path $root 'out/VirtLatency/VirtLatency.psd1'
if (-not (Test-Path $manifest)) { throw "Build first: $manifest does not exist (dotnet build VirtLatency.slnx)." }
Import-Module $manifest -Force
$script:data = Join-Path $root 'examples/data'
