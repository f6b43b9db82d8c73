using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.CpuIdle;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Commands;

/// <summary>Get-CStateConfig: the idle states of hosts, of captured trees, or of what the config-check script printed.</summary>
[Cmdlet(VerbsCommon.Get, "CStateConfig", DefaultParameterSetName = ParameterSets.Hosts)]
[OutputType(typeof(CStateConfig), typeof(CpuCState))]
public sealed class GetCStateConfigCommand : VhostHostCommand
{
    /// <summary>Outputs of vhost_sched_config_check.sh; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.CheckScript)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] CheckScript { get; set; } = [];

    /// <summary>One row per CPU and state instead of one per host.</summary>
    [Parameter]
    public SwitchParameter PerCpu { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == ParameterSets.CheckScript)
        {
            ReadScripts();
            return;
        }

        OnHosts(Targets(), (host, post) => CpuIdleReader.Read(host, Stop).Only(CpusWith(FindVhostCpus(host, post))), Write);
    }

    private void ReadScripts()
    {
        if (HostName.Length + SysRoot.Length + VhostWorker.Length > 0)
        {
            ThrowTerminatingError(ErrorFactory.ParametersExclude(nameof(CheckScript), HostName.Length > 0 ? nameof(HostName) : SysRoot.Length > 0 ? nameof(SysRoot) : nameof(VhostWorker), "the script's output is a file of its own"));
        }

        foreach (string path in PathResolver.Resolve(this, CheckScript, literal: false))
        {
            try
            {
                ConfigCheck check = ConfigCheckReader.Read(path);
                Account(path, check);
                Write(check.Snapshot.Only(Cpu));
            }
            catch (HostAccessException e)
            {
                WriteError(ErrorFactory.HostAccess(e));
            }
            catch (LogFileException e) when (e.Problem == LogFileProblem.WrongTool)
            {
                WriteError(ErrorFactory.CheckScriptInvalid(path, e));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                WriteError(ErrorFactory.File(path, e));
            }
        }
    }

    private void Account(string path, ConfigCheck check)
    {
        foreach (ParseIssue issue in check.Issues)
        {
            WriteError(ErrorFactory.LineMalformed(path, issue));
        }

        WriteVerbose(FormattableString.Invariant($"{path}: {check.ParsedLineCount} lines parsed, {check.NoiseLineCount} known noise, {check.Issues.Count} malformed."));
    }

    private void Write(CpuIdleSnapshot snapshot)
    {
        if (PerCpu)
        {
            WriteObject(CStateRows.PerCpu(snapshot), enumerateCollection: true);
        }
        else
        {
            WriteObject(CStateRows.Of(snapshot));
        }
    }
}
