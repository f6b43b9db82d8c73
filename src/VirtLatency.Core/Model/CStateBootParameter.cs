namespace VirtLatency.Model;

/// <summary>One kernel parameter that matters for idle states: as the host runs, as it boots next, as its settings have it.</summary>
public sealed record CStateBootParameter
{
    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>The parameter, such as intel_idle.max_cstate.</summary>
    public required string Parameter { get; init; }

    /// <summary>Its value on the running command line; null where it is not given, empty where it is given without a value.</summary>
    public string? Running { get; init; }

    /// <summary>Its value on the command line of the entry that boots next; null where it is not given or not known.</summary>
    public string? NextBoot { get; init; }

    /// <summary>Its value once the boot loader's files are made anew from /etc/default/grub or /etc/kernel/cmdline; null as above.</summary>
    public string? Configured { get; init; }

    /// <summary>Whether the next boot differs from the running system; null where the next boot is not known.</summary>
    public bool? Differs { get; init; }

    /// <summary>Whether the settings differ from what the boot loader's files have; null where one of them is not known.</summary>
    public bool? NeedsRegenerate { get; init; }

    /// <summary>The states of the running table that the next boot's value leaves; null where it takes none away or that is not known.</summary>
    public string? States { get; init; }

    /// <summary>File that gives the next boot's value; null where it is not given there.</summary>
    public string? NextBootFile { get; init; }

    /// <summary>Its line, from 1.</summary>
    public int? NextBootLine { get; init; }

    /// <summary>File of the setting; null where there is none.</summary>
    public string? ConfiguredFile { get; init; }

    /// <summary>Its line, from 1.</summary>
    public int? ConfiguredLine { get; init; }

    /// <summary>What the values do on this host, and what is not known; null where nothing is to be said.</summary>
    public string? Note { get; init; }
}
