using System.Buffers.Binary;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>What the text and the JSON form share: from events to records, with what they tell of the build that wrote them.</summary>
internal sealed class TunChains
{
    private readonly LogFacts _facts;
    private readonly ILogVisitor<TunChainRecord> _visitor;
    private readonly TunChainAssembler _assembler;
    private readonly FirstOfRun _first = new();
    private string? _version;
    private string? _boundary;

    /// <summary>Makes the chains of one file.</summary>
    /// <param name="facts">Gets version, boundary and workers.</param>
    /// <param name="visitor">Takes the records.</param>
    /// <param name="adopted">Told when an event that had found no chain gets one after all.</param>
    public TunChains(LogFacts facts, ILogVisitor<TunChainRecord> visitor, Action? adopted)
    {
        _facts = facts;
        _visitor = visitor;
        _assembler = new TunChainAssembler(Emit, adopted);
    }

    /// <summary>The build of the present run.</summary>
    public TunBuild Build { get; private set; } = new();

    /// <summary>Takes an event.</summary>
    /// <returns>False for one that belongs to no chain so far.</returns>
    public bool Add(in TunEvent stage)
    {
        if (stage.Stage == 2 && stage.Pid > 0)
        {
            _facts.AddWorker(stage.Pid);
        }

        Build.Event(in stage);
        Refresh();
        return _assembler.Add(in stage);
    }

    /// <summary>Emits what is still open, at the end of the file or run.</summary>
    public void Flush() => _assembler.Flush();

    /// <summary>A further run: nothing joins over its beginning, and another build may have written it.</summary>
    public void EndRun()
    {
        Flush();
        _facts.NextBuild();
        (_version, _boundary) = (null, null);
        Build = new TunBuild();
    }

    /// <summary>Says what the build is by now.</summary>
    public void Refresh()
    {
        if (!ReferenceEquals(_version, Build.Version))
        {
            _version = Build.Version;
            _facts.Version = _version;
        }

        if (!ReferenceEquals(_boundary, Build.Boundary))
        {
            _boundary = Build.Boundary;
            _facts.ProbeBoundary = _boundary;
        }
    }

    private void Emit(TunChainRecord record)
    {
        record.Run = _facts.RunCount;
        record.Flags |= _first.IsFirst(record.Run, record.IcmpId, record.Sequence) ? SampleFlags.First : SampleFlags.None;
        if (Build.IsAddressReversed)
        {
            record.Source = BinaryPrimitives.ReverseEndianness(record.Source);
            record.Destination = BinaryPrimitives.ReverseEndianness(record.Destination);
        }

        _visitor.Record(in record);
    }
}
