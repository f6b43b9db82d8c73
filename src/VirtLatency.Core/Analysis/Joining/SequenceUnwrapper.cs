using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>
/// Counts the 16-bit sequences of one ping on beyond 65535, in file order, and tells where another ping with the same id
/// begins: a number comes again that is no flagged duplicate, or a far step leads to the first numbers of a ping. Small
/// steps back are overtaken packets, other far steps are gaps, over the wrap where they lead back. A number that its
/// follower does not go on from, but from those before, is a damaged one.
/// </summary>
internal sealed class SequenceUnwrapper
{
    /// <summary>Steps up to this are those of lost and overtaken packets; as far back as the parsers look.</summary>
    public const int NearStep = 256;

    private const int Wrap = 1 << 16;

    /// <summary>A bit for each of the newest 65,536 numbers: whether it came.</summary>
    private readonly ulong[] _seen = new ulong[Wrap / 64];
    private long _newest;

    /// <summary>Smallest number since the beginning.</summary>
    public long Low { get; private set; }

    /// <summary>Largest number since the beginning.</summary>
    public long High => _newest;

    /// <summary>Begins with a ping's first packet.</summary>
    public void Begin(ushort sequence)
    {
        Array.Clear(_seen);
        _newest = Low = sequence;
        Mark(sequence);
    }

    /// <summary>Takes the next record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="following">The ping's record behind it; at the end itself.</param>
    /// <param name="number">The sequence counted on; for a new ping the sequence itself.</param>
    /// <returns>What the number is among those that came before.</returns>
    public SequenceStep Take(in SampleRecord record, in SampleRecord following, out long number)
    {
        int step = (short)(record.Sequence - (ushort)_newest);
        number = _newest + step;
        if (step is > 0 and <= NearStep)
        {
            Accept(number);
            return SequenceStep.Next;
        }

        bool isNear = step is <= 0 and >= -NearStep;
        bool isSeen = IsSeen(number, step);
        if (isSeen && record.Flags.HasFlag(SampleFlags.Duplicate))
        {
            return SequenceStep.Repeated;
        }

        if ((isSeen || !isNear) && IsOdd(record.Sequence, following.Sequence))
        {
            return SequenceStep.Odd;
        }

        if (isNear ? isSeen || IsRestart(record.Sequence, in following) : record.Sequence <= NearStep)
        {
            return SequenceStep.Again;
        }

        number = isNear ? number : _newest + (ushort)(record.Sequence - (ushort)_newest);
        Accept(number);
        return SequenceStep.Next;
    }

    /// <summary>Whether what follows goes on from the packets before rather than from this one.</summary>
    private bool IsOdd(ushort sequence, ushort following)
    {
        int onward = (short)(following - (ushort)_newest);
        int fromHere = (short)(following - sequence);
        return onward is > 0 and <= NearStep && (fromHere <= 0 || fromHere > onward);
    }

    /// <summary>An overtaken packet is followed by a new one; after a ping's first, which the ping before lacked, known numbers come again.</summary>
    private bool IsRestart(ushort sequence, in SampleRecord following)
    {
        int step = (short)(following.Sequence - (ushort)_newest);
        return (short)(following.Sequence - sequence) > 0 && IsSeen(_newest + step, step) && !following.Flags.HasFlag(SampleFlags.Duplicate);
    }

    private void Accept(long number)
    {
        if (number > _newest)
        {
            Advance(number);
        }

        Low = Math.Min(Low, number);
        Mark(number);
    }

    private void Advance(long number)
    {
        if (number - _newest >= Wrap)
        {
            Array.Clear(_seen);
        }
        else
        {
            for (long passed = _newest + 1; passed < number; passed++)
            {
                _seen[(int)(passed & (Wrap - 1)) >> 6] &= ~(1UL << (int)(passed & 63));
            }
        }

        _newest = number;
    }

    private void Mark(long number) => _seen[(int)(number & (Wrap - 1)) >> 6] |= 1UL << (int)(number & 63);

    private bool IsSeen(long number, int step) => step is <= 0 and > -Wrap / 2 && (_seen[(int)(number & (Wrap - 1)) >> 6] & (1UL << (int)(number & 63))) != 0;
}
