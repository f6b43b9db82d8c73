using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>Walks over a stretch of a group's records in file order, seeing one ahead.</summary>
internal ref struct RecordCursor
{
    private readonly RecordGroup _group;
    private readonly ReadOnlySpan<SampleRecord> _records;
    private readonly int _end;

    public RecordCursor(RecordGroup group, int start, int end)
    {
        _group = group;
        _records = group.Log.Store.Records;
        _end = end;
        Position = start;
    }

    /// <summary>Position in the group.</summary>
    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position >= _end;

    /// <summary>Index in the log.</summary>
    public readonly int Index => _group[Position];

    public readonly ref readonly SampleRecord Record => ref _records[Index];

    public readonly ushort Sequence => Record.Sequence;

    /// <summary>The record behind the present one, be it beyond the stretch; at the group's end the present one.</summary>
    public readonly ref readonly SampleRecord Following => ref _records[_group[Math.Min(Position + 1, _group.Count - 1)]];

    public void Move() => Position++;
}
