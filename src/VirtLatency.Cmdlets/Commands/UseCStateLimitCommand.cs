using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.CpuIdle;

namespace VirtLatency.Commands;

/// <summary>
/// Use-CStateLimit: a limit on this machine for as long as a script runs. The kernel drops it with the open file: at the
/// script's end, its error, Ctrl-C, or the death of the process.
/// </summary>
[Cmdlet(VerbsOther.Use, "CStateLimit", DefaultParameterSetName = ParameterSets.MaxExitLatency, SupportsShouldProcess = true)]
[OutputType(typeof(object))]
public sealed class UseCStateLimitCommand : PSCmdlet, IDisposable
{
    private LatencyHold? _hold;
    private SteppablePipeline? _pipeline;

    /// <summary>The longest exit latency while the script runs (us); the kernel takes whole ones.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.MaxExitLatency)]
    [ValidateRange(0.0, 2e9)]
    public double MaxExitLatencyUs { get; set; }

    /// <summary>What to run; its output comes out as it is made.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.MaxExitLatency)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Permits busy waiting only.</summary>
    [Parameter]
    public SwitchParameter AllowPolling { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipeline?.Dispose();
        _hold?.Dispose();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        using LocalHost host = LocalHost.Live();
        RefusePolling(host);
        int limit = (int)MaxExitLatencyUs;
        if (!ShouldProcess(FormattableString.Invariant($"{host.HostName}, all CPUs"), FormattableString.Invariant($"Hold {LatencyHold.Device} at {limit} us while the script runs")))
        {
            return;
        }

        try
        {
            _hold = LatencyHold.Take(host.HostName, limit);
        }
        catch (HostAccessException e)
        {
            ThrowTerminatingError(ErrorFactory.HostAccess(e));
        }

        try
        {
            Run();
        }
        finally
        {
            _hold!.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _hold?.Dispose();

    private void Run()
    {
        // A pipeline of its own hands each object on at once; InvokeScript would gather them.
        _pipeline = ScriptBlock.Create("param($script) & $script").GetSteppablePipeline(CommandOrigin.Internal, [ScriptBlock]);
        _pipeline.Begin(this);
        _pipeline.End();
    }

    /// <summary>The device bounds what the governors choose; the table says what stays.</summary>
    private void RefusePolling(LocalHost host)
    {
        try
        {
            LimitPlan plan = LimitPlanner.Of(host, new LimitRequest { MaxExitLatencyUs = MaxExitLatencyUs, AllowPolling = AllowPolling, Method = LimitMethod.ResumeLatency });
            foreach (string announcement in plan.Announcements)
            {
                WriteWarning(announcement);
            }
        }
        catch (LimitException e) when (e.Problem is LimitProblem.NoCpuIdle or LimitProblem.NotLimitable)
        {
            WriteWarning(e.Message);
        }
        catch (LimitException e)
        {
            ThrowTerminatingError(ErrorFactory.Limit(e));
        }
    }
}
