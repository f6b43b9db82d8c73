namespace VirtLatency.Model;

/// <content>How a store is kept outside of memory and brought back, and how its samples are added up anew.</content>
public sealed partial class SampleStore
{
    /// <summary>Bits that a record's flags can have: the names of <see cref="SampleFlags"/> and the marks of those kept out and of lost packets.</summary>
    internal static readonly SampleFlags KnownFlags = Enum.GetValues<SampleFlags>().Aggregate(KeptOut | NoAnswer, (all, flag) => all | flag);

    /// <summary>True when every sample is here as it was read, so that it can be added up anew.</summary>
    internal bool IsWhole => _records.Count == SampleCount && !IsClamped;

    /// <summary>Brings a store back.</summary>
    /// <param name="schema">The log's columns.</param>
    /// <param name="state">All but the records.</param>
    /// <param name="records">The records, which become the store's; each flow index is one of the state's flows.</param>
    /// <returns>A store that answers as the kept one did.</returns>
    internal static SampleStore Restore(SampleSchema schema, SampleStoreState state, List<SampleRecord> records)
    {
        if (state.Means.Count > 0)
        {
            return OfMeans(schema, state);
        }

        var store = new SampleStore(schema, state.MaxSampleCount, records)
        {
            SampleCount = state.SampleCount,
            FlaggedCount = state.FlaggedCount,
            LostCount = state.LostCount,
            DuplicateCount = state.DuplicateCount,
            IsClamped = state.IsClamped,
        };
        store._flows.AddRange(state.Flows);
        for (int i = 0; i < schema.Columns.Count; i++)
        {
            store._isAllComplete = false;
            store._all[i] = Moments.Of(state.All[i]);
            store._complete[i] = Moments.Of(state.Complete[i]);
        }

        return store;
    }

    /// <summary>True for a record that takes no part in means.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Whether it is left out.</returns>
    internal static bool IsKeptOut(in SampleRecord record) => (record.Flags & KeptOut) == KeptOut;

    /// <summary>True for a packet that was never answered.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Whether it is lost.</returns>
    internal static bool IsLost(in SampleRecord record) => (record.Flags & NoAnswer) == NoAnswer;

    /// <summary>A record's flags without the store's own marks.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Flags that have a name.</returns>
    internal static SampleFlags NamedFlags(in SampleRecord record) => record.Flags & ~(KeptOut | NoAnswer);

    /// <summary>All that the store holds but its records.</summary>
    /// <returns>The state.</returns>
    internal SampleStoreState Capture() => new()
    {
        MaxSampleCount = _maxSampleCount,
        SampleCount = SampleCount,
        FlaggedCount = FlaggedCount,
        LostCount = LostCount,
        DuplicateCount = DuplicateCount,
        IsClamped = IsClamped,
        Flows = _flows,
        All = [.. _all.Select(moments => HasMeans ? default : moments.State)],
        Complete = [.. (_isAllComplete ? _all : _complete).Select(moments => HasMeans ? default : moments.State)],
        Means = _means,
        IsEstimate = IsEstimate,
    };

    /// <summary>Adds the samples up anew, as if their log were read again.</summary>
    /// <param name="selection">Which samples take part in means; null for those that do.</param>
    /// <param name="maxSampleCount">Samples kept; null for as many as now.</param>
    /// <returns>Another store; null when not all samples are here as they were read.</returns>
    internal SampleStore? Again(SampleSelection? selection, int? maxSampleCount) =>
        HasMeans || IsWhole ? Again((flags, isOut) => selection?.Counts(flags) ?? !isOut, maxSampleCount) : null;

    /// <summary>The same samples with those in the means that their flags keep out; values as far as records hold them.</summary>
    /// <returns>Another store; null when not all samples are here.</returns>
    internal SampleStore? WithFlagged() =>
        HasMeans || _records.Count == SampleCount ? Again((flags, isOut) => !isOut || SampleSelection.KeepsOut(flags), null) : null;

    private SampleStore Again(Func<SampleFlags, bool, bool> counts, int? maxSampleCount)
    {
        if (HasMeans)
        {
            // The tool's own means: which samples they hold cannot be chosen.
            return this;
        }

        var store = new SampleStore(Schema, maxSampleCount ?? _maxSampleCount);
        Span<long> stored = stackalloc long[4];
        foreach (ref readonly SampleRecord record in Records)
        {
            Unpack(in record, stored);
            SampleFlags flags = record.Flags & ~KeptOut;
            store.Add(_flows[record.Flow], record.IcmpId, record.Sequence, flags, counts(flags & ~NoAnswer, IsKeptOut(in record)), stored);
        }

        return store;
    }

    private static SampleStore OfMeans(SampleSchema schema, SampleStoreState state)
    {
        var store = new SampleStore(schema, state.MaxSampleCount);
        foreach (RunMeans run in state.Means)
        {
            store.AddMeans(run.Flow, [.. run.Columns!], state.IsEstimate);
        }

        return store;
    }
}
