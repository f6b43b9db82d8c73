using VirtLatency.Model;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>Makes the rows of Get-CStateBootParameter.</summary>
internal static class BootRows
{
    /// <summary>One row per parameter that is given anywhere, or that belongs to the host's driver.</summary>
    public static IReadOnlyList<CStateBootParameter> Of(string hostName, BootConfiguration boot, IdleTable table)
    {
        var rows = new List<CStateBootParameter>();
        foreach (string name in BootParameters.Names)
        {
            var running = boot.Running?.Find(name);
            var next = boot.Next?.Find(name);
            var configured = boot.Configured?.Find(name);
            if (running is null && next is null && configured is null && !BootParameters.IsBasic(name, table.Driver))
            {
                continue;
            }

            rows.Add(new CStateBootParameter
            {
                HostName = hostName,
                Parameter = name,
                Running = running?.Value,
                NextBoot = next?.Value,
                Configured = configured?.Value,
                Differs = boot.Next is null || boot.Running is null ? null : running?.Value != next?.Value,
                NeedsRegenerate = boot.Next is null || boot.Configured is null ? null : next?.Value != configured?.Value,
                States = table.LeftBy(name, next?.Value) is { } left ? IdleTable.TextOf(left) : null,
                NextBootFile = VisibleText.Line(next?.Origin.File),
                NextBootLine = next?.Origin.Line,
                ConfiguredFile = VisibleText.Line(configured?.Origin.File),
                ConfiguredLine = configured?.Origin.Line,
                Note = NoteOf(name, boot, table, [running, next, configured]),
            });
        }

        return rows;
    }

    /// <summary>
    /// What all settings together leave of the running table once one of them is changed, and whether that is what is in
    /// force; null where no setting takes a state away.
    /// </summary>
    /// <param name="boot">The host, as it was before.</param>
    /// <param name="table">Its states.</param>
    /// <param name="name">The parameter that is changed.</param>
    /// <param name="value">Its new value; null where it is taken out.</param>
    public static string? Outcome(BootConfiguration boot, IdleTable table, string name, string? value)
    {
        var cuts = BootParameters.Names
            .Select(other => (Name: other, Left: table.LeftBy(other, other == name ? value : boot.Configured?.Find(other)?.Value)))
            .Where(cut => cut.Left is not null).ToList();
        if (cuts.Count == 0)
        {
            return null;
        }

        string left = IdleTable.TextOf(table.States.Where(state => cuts.TrueForAll(cut => cut.Left!.Contains(state))));
        string others = string.Join(", ", cuts.Where(cut => cut.Name != name).Select(cut => cut.Name));
        string force = table.InForce is null ? "CPUs differ in what is in force now" : table.InForce == left ? "the states in force now" : $"not the states in force now ({table.InForce})";
        return $"leaves {left}: {force}" + (others.Length > 0 ? $". {others} in the settings takes states away too" : string.Empty);
    }

    private static string? NoteOf(string name, BootConfiguration boot, IdleTable table, (string Value, BootOrigin Origin, int Count)?[] found)
    {
        var notes = new List<string>();
        bool? hasStatesOff = boot.Tree.HasIntelIdleParameter("states_off");
        notes.AddRange(found.Select(item => BootParameters.Effect(name, item?.Value, table, hasStatesOff)).OfType<string>().Distinct(StringComparer.Ordinal));
        if (found[0]?.Value is { } value && name is "intel_idle.max_cstate" or "processor.max_cstate" && value != found[1]?.Value)
        {
            notes.Add("the running table is cut by it: states that it hides are not known here");
        }

        if (found.FirstOrDefault(item => item?.Count > 1) is { } many)
        {
            notes.Add(FormattableString.Invariant($"given {many.Count} times in {many.Origin.File}; the last one counts"));
        }

        if (boot.Next is null)
        {
            notes.Add(boot.Denied ? "the boot loader's files may be read by root only" : "no boot loader file tells what the next boot gets");
        }

        notes.AddRange(((string?[])[boot.Next?.Doubt, boot.Configured?.Doubt]).OfType<string>().Distinct(StringComparer.Ordinal));
        return notes.Count == 0 ? null : string.Join(". ", notes);
    }
}
