# Times Import-IcmpRttLog and a bare cmdlet, taking turns, into the same consumer; the last word printed is the ratio.
param([string] $Log, [string] $Module, [int] $Rounds = 5)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$core = Join-Path (Split-Path $Module) 'VirtLatency.Core.dll'
Add-Type -ReferencedAssemblies $core, System.Management.Automation, System.Runtime, netstandard -CompilerOptions '/optimize+' -PassThru -TypeDefinition @'
using System.Management.Automation;
[Cmdlet(VerbsCommunications.Write, "ReadySample")]
public sealed class WriteReadySampleCommand : PSCmdlet
{
    [Parameter(Mandatory = true)] public object[] Sample { get; set; }
    [Parameter(Mandatory = true)] public int Count { get; set; }
    protected override void EndProcessing()
    {
        for (int i = 0; i < Count; i++) { WriteObject(Sample[i % Sample.Length]); }
    }
}
'@ | ForEach-Object { Import-Module -Assembly $_.Assembly }

$samples = @(Import-IcmpRttLog $Log | Select-Object -First 1000)
$count = (Import-IcmpRttLog $Log | Measure-Object TotalRttUs -Sum).Count
$ours = @()
$bare = @()
foreach ($round in 0..$Rounds) {
    $time = Measure-Command { Import-IcmpRttLog $Log | Measure-Object TotalRttUs -Sum }
    if ($round) { $ours += $count / $time.TotalSeconds }
    $time = Measure-Command { Write-ReadySample -Sample $samples -Count $count | Measure-Object TotalRttUs -Sum }
    if ($round) { $bare += $count / $time.TotalSeconds }
}

$median = { param($values) ($values | Sort-Object)[[math]::Floor($values.Count / 2)] }
$one = & $median $ours
$other = & $median $bare
[string]::Format([cultureinfo]::InvariantCulture, 'objects: {0} records; Import-IcmpRttLog {1:0} a second, ready-made objects {2:0} a second, ratio {3:0.00}', $count, $one, $other, $one / $other)
