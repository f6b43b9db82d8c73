using System.Runtime.InteropServices;

namespace VirtLatency.Model;

/// <summary>
/// The samples of one log: every one of them as a 24-byte record up to a bound, beyond it a reservoir of that size
/// (Vitter's algorithm R, seeded, so that a file gives the same numbers each time). Count, mean, spread and range are
/// always of all samples; only quantiles come from the reservoir then.
/// </summary>
public sealed partial class SampleStore
{
    /// <summary>Samples kept per file when nothing else is asked for.</summary>
    public const int DefaultMaxSampleCount = 1_000_000;

    /// <summary>Marks a record that takes no part in means; no name of <see cref="SampleFlags"/> has this bit.</summary>
    private const SampleFlags KeptOut = (SampleFlags)0x8000;

    /// <summary>Marks a packet that was never answered; no name of <see cref="SampleFlags"/> has this bit.</summary>
    private const SampleFlags NoAnswer = (SampleFlags)0x4000;

    private const int Seed = 20260109;
    private const int MaxFlows = ushort.MaxValue;

    /// <summary>A power of two, more than a device has queues.</summary>
    private const int RecentFlows = 16;

    private readonly int _maxSampleCount;
    private readonly List<SampleRecord> _records;
    private readonly List<SampleFlow> _flows = [];
    private readonly Dictionary<SampleFlow, ushort> _flowIndex = [];
    private readonly Moments[] _all;
    private readonly Moments[] _complete;
    private readonly long[] _values;
    private readonly (double Low, double High)[] _bounds;
    private readonly List<RunMeans> _means = [];
    private readonly int _storedCount;
    private readonly LatencyHistogram?[]? _histograms;
    private LatencyHistogram?[]? _completeHistograms;

    /// <summary>The last flow of each queue, most often the next sample's too: no table has to be asked.</summary>
    private readonly (SampleFlow Flow, int Index)[] _recentFlows = new (SampleFlow, int)[RecentFlows];

    /// <summary>While every counted sample is complete, what is of all samples is of the complete ones too.</summary>
    private bool _isAllComplete = true;

    // A repeatable choice, not a secret: the same file must give the same reservoir.
    private readonly Random _random = new(Seed);

    /// <summary>Makes an empty store.</summary>
    /// <param name="schema">The log's columns.</param>
    /// <param name="maxSampleCount">Samples kept.</param>
    public SampleStore(SampleSchema schema, int maxSampleCount = DefaultMaxSampleCount)
        : this(schema, maxSampleCount, [])
    {
    }

    private SampleStore(SampleSchema schema, int maxSampleCount, List<SampleRecord> records, bool isAggregate = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSampleCount, isAggregate ? 0 : 1);
        Schema = schema;
        IsAggregate = isAggregate;
        _storedCount = schema.StoredCount;
        _histograms = isAggregate ? new LatencyHistogram?[schema.Columns.Count] : null;
        _records = records;
        _maxSampleCount = maxSampleCount;
        _all = new Moments[schema.Columns.Count];
        _complete = new Moments[schema.Columns.Count];
        _values = new long[schema.Columns.Count];
        _bounds = new (double, double)[schema.Columns.Count];
    }

    /// <summary>Makes an empty store that adds samples up and keeps none of them: no packet can be joined or tested, and quantiles come from histograms.</summary>
    /// <param name="schema">The log's columns.</param>
    /// <returns>The store.</returns>
    public static SampleStore OfAggregates(SampleSchema schema) => new(schema, 0, [], isAggregate: true);

    /// <summary>True when samples are added up and not kept.</summary>
    public bool IsAggregate { get; }

    /// <summary>The log's columns.</summary>
    public SampleSchema Schema { get; }

    /// <summary>Samples added, flagged ones included.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Samples that take no part in means because of their flags.</summary>
    public long FlaggedCount { get; private set; }

    /// <summary>Packets among the samples that were never answered.</summary>
    public long LostCount { get; private set; }

    /// <summary>Samples among all that are further answers to a packet.</summary>
    public long DuplicateCount { get; private set; }

    /// <summary>True when more samples were added than are kept: quantiles are estimates from a reservoir.</summary>
    public bool IsReservoir => !HasMeans && !IsAggregate && SampleCount > _maxSampleCount;

    /// <summary>True when means without samples were added: there are counts and means, no spread, range or quantiles.</summary>
    public bool HasMeans => _means.Count > 0;

    /// <summary>True when the means are estimates between bounds.</summary>
    public bool IsEstimate { get; private set; }

    /// <summary>True when a value beyond 31 bits of ticks (2.1 s in ns) was kept as the largest that fits.</summary>
    public bool IsClamped { get; private set; }

    /// <summary>The samples kept, in file order unless <see cref="IsReservoir"/>.</summary>
    public ReadOnlySpan<SampleRecord> Records => CollectionsMarshal.AsSpan(_records);

    /// <summary>The flows that records refer to.</summary>
    public IReadOnlyList<SampleFlow> Flows => _flows;

    /// <summary>Adds a sample.</summary>
    /// <param name="flow">What its flow's packets share.</param>
    /// <param name="icmpId">ICMP identifier.</param>
    /// <param name="sequence">ICMP sequence number.</param>
    /// <param name="flags">What is unusual about it.</param>
    /// <param name="counted">Whether it takes part in means.</param>
    /// <param name="stored">The four stored values in nanoseconds, or <see cref="Latency.Missing"/>.</param>
    public void Add(in SampleFlow flow, ushort icmpId, ushort sequence, SampleFlags flags, bool counted, ReadOnlySpan<long> stored)
    {
        SampleCount++;
        LostCount += (flags & NoAnswer) != SampleFlags.None ? 1 : 0;
        DuplicateCount += (flags & SampleFlags.Duplicate) != SampleFlags.None ? 1 : 0;
        if (counted)
        {
            AddMoments(stored);
        }
        else
        {
            FlaggedCount++;
        }

        ushort index = IndexOf(in flow);
        if (IsAggregate)
        {
            return;
        }

        Keep(new SampleRecord
        {
            Flow = index,
            IcmpId = icmpId,
            Sequence = sequence,
            Flags = counted ? flags : flags | KeptOut,
            Value0 = ToTicks(stored[0]),
            Value1 = ToTicks(stored[1]),
            Value2 = ToTicks(stored[2]),
            Value3 = ToTicks(stored[3]),
        });
    }

    /// <summary>
    /// Adds a run's means of columns whose samples were not printed. A store takes samples or means, never both. Only
    /// the mean of the last stored column, the total, is of rows that have all of them.
    /// </summary>
    /// <param name="flow">What the run's packets share.</param>
    /// <param name="means">One for each stored column.</param>
    /// <param name="isEstimate">The means are estimates between their bounds.</param>
    public void AddMeans(in SampleFlow flow, ReadOnlySpan<ColumnMean> means, bool isEstimate)
    {
        IndexOf(in flow);
        SplitComplete();
        _means.Add(new RunMeans(flow, means.ToArray()));
        IsEstimate |= isEstimate;
        long largest = 0;
        for (int i = 0; i < means.Length; i++)
        {
            ColumnMean mean = means[i];
            _all[i].AddMean(mean.Count, mean.Mean);
            _bounds[i] = (_bounds[i].Low + (mean.Count * (double)mean.Low), _bounds[i].High + (mean.Count * (double)mean.High));
            largest = Math.Max(largest, mean.Count);
        }

        int total = means.Length - 1;
        _complete[total].AddMean(means[total].Count, means[total].Mean);
        SampleCount += largest;
    }

    /// <summary>The bounds of a mean that is an estimate, each times the mean's count, in nanoseconds.</summary>
    /// <param name="column">One of the schema's columns.</param>
    /// <returns>Both bounds; equal where the mean is exact.</returns>
    internal (double Low, double High) BoundsOf(SampleColumn column) => _bounds[PositionOf(column)];

    /// <summary>Adds a packet that was never answered: a sample without any value.</summary>
    /// <param name="flow">What its flow's packets share.</param>
    /// <param name="icmpId">ICMP identifier.</param>
    /// <param name="sequence">ICMP sequence number.</param>
    public void AddLost(in SampleFlow flow, ushort icmpId, ushort sequence)
    {
        Add(in flow, icmpId, sequence, NoAnswer, counted: true, [Latency.Missing, Latency.Missing, Latency.Missing, Latency.Missing]);
    }

    /// <summary>Count, mean, spread and range of a column.</summary>
    /// <param name="column">One of the schema's columns.</param>
    /// <param name="completeOnly">Only samples that have every stored value the tool prints.</param>
    /// <returns>The moments.</returns>
    public Moments MomentsOf(SampleColumn column, bool completeOnly) => (completeOnly && !_isAllComplete ? _complete : _all)[PositionOf(column)];

    /// <summary>The histogram of a column, where samples are added up and not kept.</summary>
    /// <param name="column">One of the schema's columns.</param>
    /// <param name="completeOnly">Only samples that have every stored value the tool prints.</param>
    /// <returns>The values that take part in means; null without any.</returns>
    internal LatencyHistogram? HistogramOf(SampleColumn column, bool completeOnly) =>
        (completeOnly && !_isAllComplete ? _completeHistograms : _histograms)?[PositionOf(column)];

    /// <summary>Adds the kept samples' values of a column that take part in means to a list, in us.</summary>
    /// <param name="column">One of the schema's columns.</param>
    /// <param name="completeOnly">Only samples that have every stored value the tool prints.</param>
    /// <param name="values">Gets the values.</param>
    public void CopyTo(SampleColumn column, bool completeOnly, List<double> values)
    {
        int position = PositionOf(column);
        Span<long> stored = stackalloc long[4];
        foreach (ref readonly SampleRecord record in Records)
        {
            Unpack(in record, stored);
            if (!IsKeptOut(in record) && (!completeOnly || IsComplete(stored)))
            {
                SampleSchema.Expand(stored, _values);
                if (_values[position] != Latency.Missing)
                {
                    values.Add(_values[position] / 1000.0);
                }
            }
        }
    }

    /// <summary>A stored value of a record.</summary>
    /// <param name="record">One of the store's records.</param>
    /// <param name="stored">0 to 3.</param>
    /// <returns>Nanoseconds, or <see cref="Latency.Missing"/>, also for a value beyond what a record can hold.</returns>
    internal long ValueOf(in SampleRecord record, int stored)
    {
        int ticks = stored switch { 0 => record.Value0, 1 => record.Value1, 2 => record.Value2, _ => record.Value3 };
        return IsClamped && ticks is int.MaxValue or -int.MaxValue ? Latency.Missing : FromTicks(ticks);
    }

    /// <summary>True for a record that has every stored value the tool prints.</summary>
    /// <param name="record">One of the store's records.</param>
    /// <returns>Whether it is complete.</returns>
    internal bool IsComplete(in SampleRecord record)
    {
        Span<long> stored = stackalloc long[4];
        Unpack(in record, stored);
        return IsComplete(stored);
    }

    private bool IsComplete(ReadOnlySpan<long> stored) => !stored[.._storedCount].Contains(Latency.Missing);

    private void Unpack(in SampleRecord record, Span<long> stored)
    {
        stored[0] = FromTicks(record.Value0);
        stored[1] = FromTicks(record.Value1);
        stored[2] = FromTicks(record.Value2);
        stored[3] = FromTicks(record.Value3);
    }

    private int PositionOf(SampleColumn column)
    {
        for (int i = 0; i < Schema.Columns.Count; i++)
        {
            if (Schema.Columns[i] == column)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(column), column, "not a column of this log");
    }

    private void AddMoments(ReadOnlySpan<long> stored)
    {
        bool complete = IsComplete(stored);
        if (!complete)
        {
            SplitComplete();
        }

        // Where all columns are stored ones there is nothing to compute.
        ReadOnlySpan<long> values = stored[..Math.Min(stored.Length, _all.Length)];
        if (_values.Length > stored.Length)
        {
            SampleSchema.Expand(stored, _values);
            values = _values;
        }

        Add(values, _all, _histograms);
        if (complete && !_isAllComplete)
        {
            Add(values, _complete, _completeHistograms);
        }
    }

    private static void Add(ReadOnlySpan<long> values, Moments[] moments, LatencyHistogram?[]? histograms)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == Latency.Missing)
            {
                continue;
            }

            moments[i].Add(values[i]);
            if (histograms is not null)
            {
                (histograms[i] ??= new LatencyHistogram()).Add(values[i]);
            }
        }
    }

    /// <summary>The first sample that is not complete: from here on the complete ones are added up by themselves.</summary>
    private void SplitComplete()
    {
        if (_isAllComplete)
        {
            _isAllComplete = false;
            _all.CopyTo(_complete, 0);
            _completeHistograms = _histograms is null ? null : Array.ConvertAll(_histograms, histogram => histogram?.Copy());
        }
    }

    private void Keep(in SampleRecord record)
    {
        if (_records.Count < _maxSampleCount)
        {
            _records.Add(record);
            return;
        }

        long slot = _random.NextInt64(SampleCount);
        if (slot < _maxSampleCount)
        {
            CollectionsMarshal.AsSpan(_records)[(int)slot] = record;
        }
    }

    /// <summary>Past 65,535 flows the last one stands for all further ones.</summary>
    private ushort IndexOf(in SampleFlow flow)
    {
        ref (SampleFlow Flow, int Index) recent = ref _recentFlows[flow.Queue & (RecentFlows - 1)];
        if (recent.Index > 0 && recent.Flow == flow)
        {
            return (ushort)(recent.Index - 1);
        }

        if (_flowIndex.TryGetValue(flow, out ushort index))
        {
            recent = (flow, index + 1);
            return index;
        }

        if (_flows.Count == MaxFlows)
        {
            return MaxFlows - 1;
        }

        index = (ushort)_flows.Count;
        _flows.Add(flow);
        _flowIndex.Add(flow, index);
        recent = (flow, index + 1);
        return index;
    }

    private int ToTicks(long nanoseconds)
    {
        if (nanoseconds == Latency.Missing)
        {
            return SampleRecord.Missing;
        }

        long ticks = Schema.TickNanoseconds == 1 ? nanoseconds : nanoseconds / Schema.TickNanoseconds;
        IsClamped |= Math.Abs(ticks) > int.MaxValue;
        return (int)Math.Clamp(ticks, -int.MaxValue, int.MaxValue);
    }

    private long FromTicks(int ticks) => ticks == SampleRecord.Missing ? Latency.Missing : (long)ticks * Schema.TickNanoseconds;
}
