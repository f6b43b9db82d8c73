using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Vhost;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>
/// Set-CStateLimit: plan on every host, say what conflicts, ask per host, write all or nothing per host, and watch the
/// counters for the effect. With -Canary the first host is changed and watched before the others.
/// </summary>
[Cmdlet(VerbsCommon.Set, "CStateLimit", DefaultParameterSetName = ParameterSets.MaxExitLatency, SupportsShouldProcess = true)]
[OutputType(typeof(CStateChange))]
public sealed class SetCStateLimitCommand : VhostHostCommand
{
    private JournalStore _store = null!;
    private bool _canaryHolds;
    private string _canaryReason = string.Empty;

    /// <summary>States that take longer to leave are switched off (us).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.MaxExitLatency)]
    [ValidateRange(0.0, 2e9)]
    public double MaxExitLatencyUs { get; set; }

    /// <summary>States deeper than this one are switched off.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.DeepestState)]
    [ValidateNotNullOrEmpty]
    public string DeepestState { get; set; } = string.Empty;

    /// <summary>These states are switched off.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.DisableState)]
    [ValidateNotNullOrEmpty]
    public string[] DisableState { get; set; } = [];

    /// <summary>Also switches on what the limit lets pass.</summary>
    [Parameter]
    public SwitchParameter EnableShallower { get; set; }

    /// <summary>Permits busy waiting only.</summary>
    [Parameter]
    public SwitchParameter AllowPolling { get; set; }

    /// <summary>How the limit is written.</summary>
    [Parameter]
    public LimitMethod Method { get; set; }

    /// <summary>Time after which the host takes the limit back by itself.</summary>
    [Parameter]
    [TimeFromNow]
    public TimeSpan RevertAfter { get; set; }

    /// <summary>Changes one host, waits, looks again, and only then goes on.</summary>
    [Parameter]
    public SwitchParameter Canary { get; set; }

    /// <summary>How long the first host is left alone before it is looked at again.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int CanarySeconds { get; set; } = 60;

    /// <summary>A folder for journals, or one file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Several hosts without a question for each.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits what was changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private TimeSpan? Revert => RevertAfter > TimeSpan.Zero ? RevertAfter : null;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        IReadOnlyList<HostTarget> targets = Targets();
        string? path = JournalPath is null ? null : PathResolver.ToWrite(this, JournalPath);
        _store = new JournalStore(path);
        RefuseCarelessness(targets.Count, path);
        var planned = new List<Planned>();
        OnTargets(targets, Plan, planned.Add);
        List<Planned> accepted = [.. planned.Where(IsAccepted)];
        if (Canary && accepted.Count > 1)
        {
            OnTargets(accepted[..1], (first, _) => Apply(first), Write);
            if (!KeepsLimit(accepted[0]))
            {
                WriteError(ErrorFactory.CanaryFailed(accepted[0].Plan.Snapshot.HostName, _canaryReason, accepted.Count - 1));
                return;
            }

            accepted.RemoveAt(0);
        }

        OnTargets(accepted, (one, _) => Apply(one), Write);
    }

    private void RefuseCarelessness(int hosts, string? path)
    {
        bool isAsked = MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm) && ((SwitchParameter)confirm).IsPresent;
        bool isTrial = MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? trial) && ((SwitchParameter)trial).IsPresent;
        if (hosts > 1 && !Force && !isAsked && !isTrial)
        {
            ThrowTerminatingError(ErrorFactory.SeveralHosts(hosts));
        }

        if (hosts > 1 && _store.IsFile)
        {
            ThrowTerminatingError(ErrorFactory.JournalIsOneFile(path!, hosts));
        }
    }

    private Planned Plan(HostTarget target, Action<Action> post) => With(target, host =>
    {
        VhostCpus? vhost = FindVhostCpus(host, post);
        LimitRequest request = Request(CpusWith(vhost));
        LimitPlan plan = LimitPlanner.Of(host, request, Stop);
        return new Planned(target, request, plan, plan.Writes.Count == 0 ? [] : LimitConflicts.Of(host, plan, Stop), vhost);
    });

    /// <summary>The row says for which devices' sake these CPUs were chosen.</summary>
    private static CStateChange WithVhost(CStateChange row, VhostCpus? vhost) => vhost is null ? row : row with { Note = (row.Note is null ? string.Empty : row.Note + "; ") + vhost.Note };

    private LimitRequest Request(int[] cpus) => new()
    {
        MaxExitLatencyUs = ParameterSetName == ParameterSets.MaxExitLatency ? MaxExitLatencyUs : null,
        DeepestState = ParameterSetName == ParameterSets.DeepestState ? DeepestState : null,
        DisableStates = DisableState,
        Cpus = cpus.Length == 0 ? null : cpus,
        EnableShallower = EnableShallower,
        AllowPolling = AllowPolling,
        Method = Method,
    };

    /// <summary>Everything that speaks against it is said before the question.</summary>
    private bool IsAccepted(Planned planned)
    {
        LimitPlan plan = planned.Plan;
        foreach (string announcement in plan.Announcements.Concat(planned.Conflicts))
        {
            WriteWarning(announcement);
        }

        if (plan.Writes.Count == 0)
        {
            WriteVerbose($"{plan.Snapshot.HostName}: all is as asked already; nothing is written.");
            if (PassThru)
            {
                WriteObject(WithVhost(ChangeRows.Nothing(plan), planned.Vhost));
            }

            return false;
        }

        string back = Revert is { } delay ? FormattableString.Invariant($"; back after {delay:c}") : string.Empty;
        return ShouldProcess(FormattableString.Invariant($"{plan.Snapshot.HostName}, CPUs {CpuRange.TextOf(plan.Writes.Select(write => write.Cpu))}"), plan.Summary + back);
    }

    /// <summary>A host whose effect is not known when Ctrl-C comes is put back: no object for Restore-CStateLimit would reach the user.</summary>
    private Applied Apply(Planned planned) => With(planned.Target, host =>
    {
        (string path, LimitJournal journal) = LimitRunner.Apply(host, planned.Plan, _store, Revert, Stop);
        EffectCheck effect = EffectCheck.Watch(host, planned.Plan, null, Stop);
        if (Stop.IsCancellationRequested)
        {
            new LimitRollback(host, journal, path).TakeBack();
            Stop.ThrowIfCancellationRequested();
        }

        return new Applied(path, journal, effect, planned.Vhost);
    });

    private void Write(Applied applied)
    {
        _canaryHolds = applied.Effect.Effect != LimitEffect.WrittenButNotEffective;
        _canaryReason = applied.Effect.Note ?? string.Empty;
        WriteVerbose($"{applied.Journal.HostName}: journal '{applied.Path}'; effect {applied.Effect.Effect}{(applied.Effect.Note is { } note ? ": " + note : string.Empty)}.");
        if (!_canaryHolds)
        {
            WriteWarning($"{applied.Journal.HostName}: written, but not effective: {applied.Effect.Note}.");
        }

        if (PassThru)
        {
            WriteObject(WithVhost(ChangeRows.Of(applied.Path, applied.Journal, applied.Effect), applied.Vhost));
        }
    }

    private bool KeepsLimit(Planned first)
    {
        if (!_canaryHolds)
        {
            _canaryReason = _canaryReason.Length == 0 ? "it could not be set" : _canaryReason;
            return false;
        }

        if (Stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(CanarySeconds)))
        {
            throw new PipelineStoppedException();
        }

        bool keeps = false;
        _canaryReason = "it cannot be read any more";
        OnTargets([first], (one, _) => Recheck(one), found => (keeps, _canaryReason) = found);
        return keeps;
    }

    private (bool Keeps, string Reason) Recheck(Planned planned) => With(planned.Target, host =>
    {
        if (LimitPlanner.Of(host, planned.Request, Stop).Writes.Count > 0)
        {
            return (false, "its values were changed again");
        }

        EffectCheck effect = EffectCheck.Watch(host, planned.Plan, null, Stop);
        return (effect.Effect != LimitEffect.WrittenButNotEffective, effect.Note ?? string.Empty);
    });

    private sealed record Planned(HostTarget Target, LimitRequest Request, LimitPlan Plan, IReadOnlyList<string> Conflicts, VhostCpus? Vhost);

    private sealed record Applied(string Path, LimitJournal Journal, EffectCheck Effect, VhostCpus? Vhost);
}
