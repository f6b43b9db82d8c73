namespace VirtLatency.CpuIdle.Boot;

/// <summary>One word of a kernel command line.</summary>
/// <param name="Name">Its name as written, such as intel_idle.max_cstate.</param>
/// <param name="Value">What stands behind =, without the quotes round it; null where there is no =.</param>
/// <param name="Start">Where the word starts in the line, quotes included.</param>
/// <param name="End">Behind its last character.</param>
public readonly record struct KernelArgument(string Name, string? Value, int Start, int End)
{
    /// <summary>Same parameter: the kernel takes - and _ in names as equal (parameqn in kernel/params.c).</summary>
    /// <param name="name">A name.</param>
    /// <returns>True where the kernel would not tell them apart.</returns>
    public bool Is(string name) => Name.Length == name.Length && Name.Replace('-', '_') == name.Replace('-', '_');
}
