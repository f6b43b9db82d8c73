namespace VirtLatency.Model;

/// <summary>One log of an environment: what it is, why it was taken for that, and what became of its lines.</summary>
public sealed class EnvironmentLog
{
    private string? _role;
    private LogRole? _roleValue;
    private SampleStore _store = new(SampleSchema.Of(LogTool.KernelIcmpRtt), 1);

    /// <summary>The place on the path (SenderVm, ReceiverTunIrq ...); null when the evidence does not tell.</summary>
    public string? Role
    {
        get => _role;
        init => _role = value;
    }

    /// <summary>The tool that printed it.</summary>
    public string? Tool { get; init; }

    /// <summary>Version of the tool's layout as far as the text tells.</summary>
    public string? Version { get; init; }

    /// <summary>How sure the tool is: High (its header), Medium (its records), Low (abbreviated lines); null for samples piped by hand.</summary>
    public string? Confidence { get; init; }

    /// <summary>The kernel function at which the last stage was stamped, where versions differ in it; null where the text does not tell.</summary>
    public string? ProbeBoundary { get; init; }

    /// <summary>The run, for environments of several runs.</summary>
    public string? Run { get; init; }

    /// <summary>The crossover cycle of its run: runs before and after a change with one number are a randomized pair; null where no manifest gives one.</summary>
    public int? Cycle { get; init; }

    /// <summary>The file; null for samples that were given without one.</summary>
    public string? File { get; init; }

    /// <summary>Samples of this role in the file.</summary>
    public long SampleCount => Store.SampleCount;

    /// <summary>Samples that take no part in means because of their flags.</summary>
    public long ExcludedCount => Store.FlaggedCount;

    /// <summary>Why the file has its role, or none.</summary>
    public string? Reason { get; init; }

    /// <summary>Lines that values were taken from; null for samples piped by hand, as the next three.</summary>
    public long? ParsedLineCount { get; init; }

    /// <summary>Known lines that carry nothing needed.</summary>
    public long? NoiseLineCount { get; init; }

    /// <summary>Lines that are damaged or unknown.</summary>
    public long? MalformedLineCount { get; init; }

    /// <summary>True when the tool printed slow packets only.</summary>
    public bool IsThresholdBiased { get; init; }

    /// <summary>Why its numbers may not stand for all packets (slow ones only, lost samples, read in part); null where nothing is known.</summary>
    public string? Caveat { get; init; }

    /// <summary>Packets that icmp_drop_detector lost sight of; null for other tools and for samples piped by hand.</summary>
    public long? DropCount { get; init; }

    /// <summary>Totals that the tool itself printed below chains (tun_tx_to_kvm_irq of one build); null where it printed none.</summary>
    public long? PrintedTotalCount { get; init; }

    /// <summary>Mean of these totals in us: stage 2 to 3 counts twice in them, so it is no segment; null where there is none.</summary>
    public double? PrintedTotalUs { get; init; }

    /// <summary>The machine it was taken on, where a manifest names it; null else.</summary>
    public string? HostName => Origin.HostName;

    /// <summary>Kernel of that machine: printed by the tool, else the manifest's; null where neither tells.</summary>
    public string? KernelRelease => Origin.KernelRelease;

    /// <summary>Tap devices of its samples, joined by "; "; null where the tool names none.</summary>
    public string? Device => Origin.Device;

    /// <summary>Queues of its samples; null where the tool names none.</summary>
    public string? Queue => Origin.Queue;

    /// <summary>Thread ids of the vhost workers; null where the tool names none.</summary>
    public string? WorkerTid => Origin.WorkerTid;

    /// <summary>The runs it holds: the folder's name, with a number for each where the file itself holds several.</summary>
    internal IReadOnlyList<string> Runs
    {
        get
        {
            int[] inFile = [.. Store.Flows.Select(flow => flow.Run).Distinct()];
            return [.. inFile.Length <= 1 ? [Run ?? string.Empty] : inFile.Select(RunName)];
        }
    }

    /// <summary>Where it was taken.</summary>
    internal LogOrigin Origin { get; init; } = LogOrigin.Unknown;

    /// <summary>The role; null when the evidence does not tell.</summary>
    internal LogRole? RoleValue
    {
        get => _roleValue;
        init => _roleValue = value;
    }

    /// <summary>The tool.</summary>
    internal LogTool ToolValue { get; init; }

    /// <summary>The samples.</summary>
    internal SampleStore Store
    {
        get => _store;
        init => _store = value;
    }

    /// <summary>The name of a run in the file, as <see cref="Runs"/> has it.</summary>
    /// <param name="number">The run's number in the file.</param>
    /// <returns>The folder's run where the file holds one run only.</returns>
    internal string RunName(int number) => Store.Flows.All(flow => flow.Run == number) ? Run ?? string.Empty : FormattableString.Invariant($"{Run}#{number}");

    /// <summary>The same log with other samples.</summary>
    /// <param name="store">The samples.</param>
    /// <returns>A copy.</returns>
    internal EnvironmentLog With(SampleStore store)
    {
        var copy = (EnvironmentLog)MemberwiseClone();
        copy._store = store;
        return copy;
    }

    /// <summary>The same log in another role of its tool.</summary>
    /// <param name="role">The role.</param>
    /// <returns>A copy.</returns>
    internal EnvironmentLog As(LogRole role)
    {
        var copy = (EnvironmentLog)MemberwiseClone();
        (copy._role, copy._roleValue) = (role.ToString(), role);
        return copy;
    }

    /// <summary>A short line for lists.</summary>
    /// <returns>For instance <c>SenderVm: sfsvm-send.log (16 samples)</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"{Role ?? "(no role)"}: {Path.GetFileName(File) ?? "(samples)"} ({SampleCount} samples)");
}
