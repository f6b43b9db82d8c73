using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Finds the packets of one ping run that were never answered. Sequence numbers are counted on beyond 65535. A number
/// that is passed over stays open while the newest number is less than <see cref="Window"/> ahead: an answer that comes
/// late closes it. Then, or at the run's end, it is lost. Memory is one slot for each number of the window.
/// A number further off than the window is believed only when the next line goes on from there; until then, and for
/// ever if it does not, it is one damaged line that moves nothing.
/// </summary>
/// <param name="report">Takes each lost packet once, in ascending order.</param>
internal sealed class PingLosses(PingLosses.Report report)
{
    /// <summary>Packets that an answer may be late by; a power of two.</summary>
    public const int Window = 1024;

    private readonly Slot[] _slots = new Slot[Window];
    private long _newest;
    private bool _isStarted;
    private bool _isUnsure;
    private long _highestAnswer;
    private long _last;
    private long _beforeLast;
    private ushort _candidate;
    private Slot _candidateSlot;

    public delegate void Report(ushort sequence, LossEvidence evidence, long line, DateTime? time);

    private enum State : byte
    {
        Unknown,
        Open,
        Answered,
    }

    /// <summary>Packets reported lost in this run.</summary>
    public long LostCount { get; private set; }

    /// <summary>Answers of this run, without duplicates.</summary>
    public long AnswerCount { get; private set; }

    /// <summary>True when a damaged line may hide an answer of this run.</summary>
    public bool HasDamage { get; private set; }

    /// <summary>Begins a run; packets before its first answer are lost only when the first number is known.</summary>
    public void Begin(int? first)
    {
        Array.Clear(_slots);
        _isStarted = first is not null;
        _newest = (first ?? 0) - 1;
        _highestAnswer = _last = _beforeLast = long.MinValue / 2;
        _isUnsure = HasDamage = false;
        _candidateSlot = default;
        LostCount = AnswerCount = 0;
    }

    /// <summary>True for a number that was answered before: near ones are remembered, all before them are past.</summary>
    public bool IsPast(ushort sequence)
    {
        int ahead = Ahead(sequence);
        return ahead <= -Window || (IsNear(ahead) && At(_newest + ahead).State == State.Answered);
    }

    /// <summary>A damaged line: numbers that the next line passes over may have been in it, so they are not lost.</summary>
    public void Doubt() => _isUnsure = HasDamage = true;

    /// <summary>An answer.</summary>
    /// <returns>True when it stands behind the answer to a later packet, and that one's number is not the odd one out.</returns>
    public bool Answer(ushort sequence, long line, bool isDuplicate)
    {
        AnswerCount += isDuplicate ? 0 : 1;
        var slot = new Slot(State.Answered, LossEvidence.None, line, null);
        if (!TryPlace(sequence, in slot, out long number))
        {
            return Ahead(sequence) < 0;
        }

        At(number) = slot;

        // After 2, 55, 4, 5 the number 55 was a damaged 3; after 2, 5, 3 it is 3 that came late.
        bool isInStep = number == _last + 1 || number == _beforeLast + 2;
        bool isBehind = number < _highestAnswer && !isInStep && !isDuplicate;
        _highestAnswer = Math.Max(_highestAnswer, number);
        (_beforeLast, _last) = (_last, number);
        return isBehind;
    }

    /// <summary>A line that says of a packet that it is not answered, or not yet.</summary>
    public void NoAnswer(ushort sequence, LossEvidence evidence, long line, DateTime? time)
    {
        var slot = new Slot(State.Open, evidence, line, time);
        if (TryPlace(sequence, in slot, out long number) && At(number) is { State: not State.Answered, Evidence: not LossEvidence.ErrorAnswer })
        {
            At(number) = slot;
        }
    }

    /// <summary>Ends a run by ping's own counts.</summary>
    /// <param name="first">Sequence number of the first packet.</param>
    /// <param name="transmitted">Packets sent.</param>
    /// <param name="received">Packets answered.</param>
    /// <param name="line">Line of the counts.</param>
    public void End(int first, long transmitted, long received, long line)
    {
        if (_isStarted && (AnswerCount > 0 || received == 0))
        {
            int tail = TailOf(first, transmitted);
            if (_candidateSlot.State != State.Unknown && Ahead(_candidate) > 0 && Ahead(_candidate) <= tail)
            {
                Accept();
                tail = TailOf(first, transmitted);
            }

            // Without the lines of most answers (-q, -f, a filtered log) nothing is known of single packets; and a count
            // over all numbers there are tells their tail only as far as the window goes.
            bool isTold = tail <= Window || transmitted <= ushort.MaxValue;
            if (isTold && tail <= transmitted - received - LostCount - OpenCount())
            {
                _isUnsure = false;
                MoveTo(_newest + tail, new Slot(State.Open, LossEvidence.Footer, line, null));
            }
        }

        End();
    }

    /// <summary>Ends a run: what is open now is lost.</summary>
    public void End()
    {
        for (long number = _newest - Window + 1; number <= _newest; number++)
        {
            Close(number);
        }

        _candidateSlot = default;
    }

    private static bool IsNear(int ahead) => ahead is > -Window and <= Window;

    /// <summary>How far the number is ahead of the newest one, on the shorter way round.</summary>
    private int Ahead(ushort sequence) => unchecked((short)(sequence - (ushort)_newest));

    private int TailOf(int first, long transmitted) => unchecked((ushort)(first + transmitted - 1 - _newest));

    private int OpenCount()
    {
        int count = 0;
        foreach (ref readonly Slot slot in _slots.AsSpan())
        {
            count += slot.State == State.Open ? 1 : 0;
        }

        return count;
    }

    private ref Slot At(long number) => ref _slots[number & (Window - 1)];

    private bool TryPlace(ushort sequence, in Slot slot, out long number)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _newest = sequence - 1;
            _isUnsure = false;
        }

        bool isNear = IsNear(Ahead(sequence));
        if (!isNear && GoesOnFromCandidate(sequence))
        {
            Accept();
            isNear = true;
        }

        number = _newest + Ahead(sequence);
        _candidate = sequence;
        _candidateSlot = isNear ? default : slot;
        if (isNear)
        {
            MoveTo(number, new Slot(State.Open, LossEvidence.Gap, slot.Line, null));
        }

        return isNear;
    }

    private bool GoesOnFromCandidate(ushort sequence) =>
        _candidateSlot.State != State.Unknown && unchecked((ushort)(sequence - _candidate)) is > 0 and <= Window;

    /// <summary>The far number was right. Behind the newest it is a later round of 65536: what lies between is not known.</summary>
    private void Accept()
    {
        Slot candidate = _candidateSlot;
        int ahead = Ahead(_candidate);
        if (ahead > 0)
        {
            MoveTo(_newest + ahead, new Slot(State.Open, LossEvidence.Gap, candidate.Line, null));
        }
        else
        {
            End();
            _newest += ahead;
        }

        At(_newest) = candidate;
        _candidateSlot = default;
    }

    private void MoveTo(long number, in Slot passed)
    {
        if (number <= _newest)
        {
            return;
        }

        for (long next = _newest + 1; next <= number; next++)
        {
            Close(next - Window);
            At(next) = _isUnsure ? default : passed;
        }

        _newest = number;
        _isUnsure = false;
    }

    private void Close(long number)
    {
        ref Slot slot = ref At(number);
        if (slot.State == State.Open)
        {
            LostCount++;
            report(unchecked((ushort)number), slot.Evidence, slot.Line, slot.Time);
        }

        slot = default;
    }

    private readonly record struct Slot(State State, LossEvidence Evidence, long Line, DateTime? Time);
}
