using System.Numerics;

namespace VirtLatency.Analysis.Joining;

/// <summary>
/// Merges one ping of several logs, each in its own file order, to packets in the order of their numbers.
/// The trick: a log's numbers rise but for overtaken packets, which are less than 32,768 late, so a window of numbers is
/// whole once every log has passed it by that much. Records wait in a table of four windows; it is all that the merge
/// holds, however long the logs are.
/// </summary>
internal sealed class SessionMerge
{
    private const int Window = 1 << 15;
    private const int TableSize = 4 * Window;

    private readonly int[][] _table = [.. JoinRole.All.Select(_ => new int[TableSize])];
    private readonly ulong[] _taken = new ulong[TableSize / 64];
    private readonly SequenceUnwrapper[] _unwrappers = [.. JoinRole.All.Select(_ => new SequenceUnwrapper())];
    private readonly int[] _positions = new int[JoinRole.All.Count];

    /// <summary>Records that fell on a number which their log had, by slot, since the last <see cref="Begin"/>.</summary>
    public long[] Repeated { get; } = new long[JoinRole.All.Count];

    /// <summary>Records with a damaged number, by slot, since the last <see cref="Begin"/>.</summary>
    public long[] Odd { get; } = new long[JoinRole.All.Count];

    /// <summary>The packets of one ping, in pieces that are filled anew each time.</summary>
    /// <param name="group">The ping's records.</param>
    /// <param name="parts">The session and its offset, by slot; null where a log has none.</param>
    /// <param name="packets">Gets the packets of a piece.</param>
    /// <returns>Once per piece; the packets are those of the list.</returns>
    public IEnumerable<List<JoinedPacket>> Merge(PacketGroup group, (PingSession Session, long Offset)?[] parts, List<JoinedPacket> packets)
    {
        Begin(parts);
        long start = Floor(parts.Min(part => part is { } known ? known.Session.Low + known.Offset : long.MaxValue));
        long high = parts.Max(part => part is { } known ? known.Session.High + known.Offset : long.MinValue);
        for (; start <= high; start += Window)
        {
            for (int slot = 0; slot < parts.Length; slot++)
            {
                if (parts[slot] is { } part)
                {
                    Fill(group[slot]!, slot, part.Session, part.Offset, start);
                }
            }

            packets.Clear();
            Empty(group, start, packets);
            if (packets.Count > 0)
            {
                yield return packets;
            }
        }
    }

    private static long Floor(long number) => number & ~(long)(Window - 1);

    private void Begin((PingSession Session, long Offset)?[] parts)
    {
        Array.Clear(Repeated);
        Array.Clear(Odd);
        for (int slot = 0; slot < parts.Length; slot++)
        {
            _positions[slot] = parts[slot]?.Session.Start ?? 0;
        }
    }

    /// <summary>Takes a log's records until no packet of the window can come any more.</summary>
    private void Fill(RecordGroup group, int slot, PingSession session, long offset, long start)
    {
        SequenceUnwrapper unwrapper = _unwrappers[slot];
        int[] table = _table[slot];
        var cursor = new RecordCursor(group, _positions[slot], session.End);
        for (; !cursor.IsAtEnd; cursor.Move())
        {
            if (cursor.Position == session.Start)
            {
                unwrapper.Begin(cursor.Sequence);
                if (!IsDue(cursor.Sequence + offset, start))
                {
                    break;
                }

                Put(table, cursor.Sequence + offset, cursor.Index);
                continue;
            }

            if (unwrapper.High + offset >= start + (2 * Window))
            {
                break;
            }

            SequenceStep step = unwrapper.Take(in cursor.Record, in cursor.Following, out long number);
            if (step == SequenceStep.Odd)
            {
                Odd[slot]++;
            }
            else if (step == SequenceStep.Next)
            {
                Put(table, number + offset, cursor.Index);
            }
            else
            {
                Repeated[slot]++;
            }
        }

        _positions[slot] = cursor.Position;
    }

    /// <summary>The first packet of a log may be far ahead of the other logs' first.</summary>
    private static bool IsDue(long number, long start) => number < start + (2 * Window);

    private void Put(int[] table, long number, int index)
    {
        int place = (int)(number & (TableSize - 1));
        table[place] = index + 1;
        _taken[place >> 6] |= 1UL << (place & 63);
    }

    /// <summary>Hands the window's packets on and makes room for those a table further.</summary>
    private void Empty(PacketGroup group, long start, List<JoinedPacket> packets)
    {
        int begin = (int)(start & (TableSize - 1));
        for (int word = begin >> 6; word < (begin + Window) >> 6; word++)
        {
            for (ulong bits = _taken[word]; bits != 0; bits &= bits - 1)
            {
                int place = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var packet = new JoinedPacket(group, (ushort)(start + place - begin));
                for (int slot = 0; slot < _table.Length; slot++)
                {
                    if (_table[slot][place] is > 0 and int index)
                    {
                        packet.Set(slot, index - 1);
                        _table[slot][place] = 0;
                    }
                }

                packets.Add(packet);
            }

            _taken[word] = 0;
        }
    }
}
