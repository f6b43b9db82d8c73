using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>
/// The samples of one log after the other of an environment file, looked at before they are used: as many as are said,
/// flows that exist, known flags, possible moments. Memory grows with the bytes that really come.
/// </summary>
internal sealed class EnvironmentFileSamples(string path, string writer)
{
    private List<SampleRecord> _records = [];
    private SampleSchema _schema = SampleSchema.Of(LogTool.KernelIcmpRtt);
    private SampleStoreState? _state;
    private StorePart? _part;
    private long _leftOut;

    /// <summary>A value of an enumeration by its name.</summary>
    public T ValueOf<T>(string? name, string what)
        where T : struct, Enum
    {
        if (name is null)
        {
            throw Damaged($"a log has no {what}");
        }

        // A number would be taken for a value too.
        return Enum.TryParse(name, out T value) && Enum.GetName(value) == name ? value : throw TooNew($"the {what} '{name}'");
    }

    /// <summary>Begins with a log's samples.</summary>
    public void Begin(LogTool tool, StorePart part)
    {
        _part = part;
        _records = [];
        _leftOut = 0;
        _schema = SchemaOf(tool);
        bool isKept = part.RecordCount == Math.Min(part.SampleCount, part.MaxSampleCount);
        if (part.MaxSampleCount < 1 || part.SampleCount < 0 || part.ExcludedCount < 0 || part.ExcludedCount > part.SampleCount || IsImpossible(part.LostCount) || IsImpossible(part.DuplicateCount) || !(isKept || part.RecordCount == 0))
        {
            throw Damaged("counts of samples contradict each other");
        }

        bool IsImpossible(long count) => count < 0 || count > part.SampleCount;
        if (part.TickNanoseconds != _schema.TickNanoseconds)
        {
            throw TooNew(FormattableString.Invariant($"samples of {tool} in steps of {part.TickNanoseconds} ns"));
        }

        if (part.Flows is null || part.Flows.Count > ushort.MaxValue)
        {
            throw Damaged("its flows are missing or too many");
        }

        _state = new SampleStoreState
        {
            MaxSampleCount = part.MaxSampleCount,
            SampleCount = part.SampleCount,
            FlaggedCount = part.ExcludedCount,
            LostCount = part.LostCount,
            DuplicateCount = part.DuplicateCount,
            IsClamped = part.IsClamped,
            Flows = part.Flows,
            All = [.. ColumnsOf(part).Select(column => column.All)],
            Complete = [.. ColumnsOf(part).Select(column => column.Complete)],
            Means = MeansOf(part),
            IsEstimate = part.IsEstimate,
        };
        RefuseImpossibleMoments(_state);
    }

    /// <summary>Takes whole records.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % RecordBytes.Size != 0 || _records.Count + (bytes.Length / RecordBytes.Size) > _part!.RecordCount)
        {
            throw WrongLength();
        }

        for (; bytes.Length > 0; bytes = bytes[RecordBytes.Size..])
        {
            SampleRecord record = RecordBytes.Read(bytes);
            if ((record.Flags & ~SampleStore.KnownFlags) != SampleFlags.None)
            {
                throw TooNew(FormattableString.Invariant($"a sample with the flags 0x{(ushort)record.Flags:x4}"));
            }

            if (record.Flow >= _part.Flows!.Count)
            {
                throw Damaged(FormattableString.Invariant($"a sample is of flow {record.Flow}, but '{_part.Entry}' has {_part.Flows.Count}"));
            }

            _leftOut += SampleStore.IsKeptOut(in record) ? 1 : 0;
            _records.Add(record);
        }
    }

    /// <summary>Ends a log's samples.</summary>
    public SampleStore End()
    {
        if (_records.Count != _part!.RecordCount)
        {
            throw WrongLength();
        }

        if (_records.Count == _part.SampleCount ? _leftOut != _part.ExcludedCount : _leftOut > _part.ExcludedCount)
        {
            throw Damaged(FormattableString.Invariant($"{_leftOut} samples of '{_part.Entry}' are left out where {_part.ExcludedCount} should be"));
        }

        return SampleStore.Restore(_schema, _state!, _records);
    }

    private SampleSchema SchemaOf(LogTool tool)
    {
        try
        {
            return SampleSchema.Of(tool);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooNew($"samples of {LogToolName.Of(tool)}");
        }
    }

    /// <summary>The columns in the schema's order.</summary>
    private IEnumerable<ColumnPart> ColumnsOf(StorePart part)
    {
        ColumnPart?[] columns = [.. part.Columns ?? []];
        if (Array.Exists(columns, column => column?.Name is null))
        {
            throw Damaged($"a column of '{part.Entry}' has no name");
        }

        if (Array.Find(columns, column => !_schema.Columns.Any(known => known.ToString() == column!.Name)) is { } unknown)
        {
            throw TooNew($"the column '{unknown.Name}'");
        }

        foreach (SampleColumn column in _schema.Columns)
        {
            yield return Array.Find(columns, candidate => candidate?.Name == column.ToString()) ?? throw Damaged($"the column {column} of '{part.Entry}' is missing");
        }
    }

    /// <summary>Means of logs without samples: each between its bounds, and with as many samples as the log says.</summary>
    private RunMeans[] MeansOf(StorePart part)
    {
        const int StoredColumns = 4;
        RunMeans?[] means = [.. part.Means ?? []];
        bool isWhole = Array.TrueForAll(means, run => run?.Columns is { Count: StoredColumns } columns
            && columns.All(mean => mean.Count >= 0 && mean.Low <= mean.Mean && mean.Mean <= mean.High));
        if (!isWhole || (means.Length > 0 && (part.RecordCount > 0 || part.ExcludedCount > 0 || means.Sum(run => (double)run!.Columns!.Max(mean => mean.Count)) != part.SampleCount)))
        {
            throw Damaged($"the means of '{part.Entry}' contradict its counts");
        }

        return means!;
    }

    private void RefuseImpossibleMoments(SampleStoreState state)
    {
        long counted = state.SampleCount - state.FlaggedCount;
        for (int i = 0; i < state.All.Count; i++)
        {
            if (!state.All[i].IsPossible || !state.Complete[i].IsPossible || state.All[i].Count > counted || state.Complete[i].Count > state.All[i].Count)
            {
                throw Damaged($"the figures of the column {_schema.Columns[i]} of '{_part!.Entry}' contradict each other");
            }
        }
    }

    private EnvironmentFileException WrongLength() =>
        Damaged(FormattableString.Invariant($"its entry '{_part!.Entry}' does not hold the {_part.RecordCount} records that it should"));

    private EnvironmentFileException Damaged(string what) => EnvironmentFileException.Damaged(path, what);

    private EnvironmentFileException TooNew(string what) => EnvironmentFileException.TooNew(path, writer, what);
}
