namespace VirtLatency.Parsing;

/// <summary>
/// Reads the blocks that icmp_drop_detector prints for lost packets: title, flow, four stages, location. A block comes
/// from one callback of the tool, so only stderr stands between its lines; it can lie between any two flows.
/// </summary>
internal sealed class IcmpDropReader(Action<IcmpDropRecord> emit, Action<long, string> report)
{
    private IcmpDropRecord _drop;
    private bool _isOpen;
    private bool _hasFlow;

    /// <summary>Takes a line of a block.</summary>
    /// <param name="line">The line.</param>
    /// <param name="number">Its number.</param>
    /// <param name="run">The run in the file.</param>
    /// <param name="kind">What became of it.</param>
    /// <returns>False for a line that belongs to no block.</returns>
    public bool TryTake(ReadOnlySpan<byte> line, long number, int run, out LineKind kind)
    {
        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, "=== ICMP Drop Detected: "u8))
        {
            kind = Open(rest, number, run);
            return true;
        }

        if (ByteText.Take(ref rest, "Flow: "u8))
        {
            kind = Flow(rest, number);
            return true;
        }

        if (ByteText.Take(ref rest, "Drop Location: "u8))
        {
            kind = Close(rest, number);
            return true;
        }

        kind = LineKind.Noise;
        return false;
    }

    /// <summary>Ends a block whose location did not come.</summary>
    public void Miss()
    {
        if (_isOpen)
        {
            _isOpen = false;
            report(_drop.Line, "the drop that begins here is left out: its Drop Location line is missing");
        }
    }

    private LineKind Open(ReadOnlySpan<byte> rest, long number, int run)
    {
        Miss();
        _hasFlow = false;
        _drop = new IcmpDropRecord { Line = number, Run = run };
        _isOpen = ByteText.TakeDateTime(ref rest, out _drop.Timestamp) && rest.SequenceEqual(" ==="u8);
        return _isOpen ? LineKind.Parsed : Damaged(number, "expected '=== ICMP Drop Detected: <date> <time> ==='; the drop is left out");
    }

    private LineKind Flow(ReadOnlySpan<byte> rest, long number)
    {
        if (!_isOpen)
        {
            return LineKind.Malformed;
        }

        _hasFlow = ByteText.TakeAddress(ref rest, out _drop.Source)
            && ByteText.Take(ref rest, " -> "u8)
            && ByteText.TakeAddress(ref rest, out _drop.Destination)
            && ByteText.TakeIcmpKey(ref rest, " (ID="u8, ", Seq="u8, out _drop.IcmpId, out _drop.Sequence)
            && rest.SequenceEqual(")"u8);
        _isOpen = _hasFlow;
        return _hasFlow ? LineKind.Parsed : Damaged(number, "expected 'Flow: <address> -> <address> (ID=<n>, Seq=<n>)'; the drop is left out");
    }

    private LineKind Close(ReadOnlySpan<byte> rest, long number)
    {
        if (!_isOpen || !_hasFlow)
        {
            Miss();
            return LineKind.Malformed;
        }

        _isOpen = false;
        DropLocation? location = rest.SequenceEqual("Request dropped INTERNALLY"u8) ? DropLocation.RequestInternal
            : rest.SequenceEqual("Reply dropped INTERNALLY"u8) ? DropLocation.ReplyInternal
            : rest.SequenceEqual("EXTERNAL (network or peer)"u8) ? DropLocation.External
            : null;
        if (location is not { } known)
        {
            return Damaged(number, "a drop location that icmp_drop_detector does not have; the drop is left out");
        }

        _drop.Location = known;
        emit(_drop);
        return LineKind.Parsed;
    }

    private LineKind Damaged(long number, string message)
    {
        report(number, message);
        return LineKind.Malformed;
    }
}
