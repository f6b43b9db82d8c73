using System.Buffers.Text;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads one stage line: <c>TUN TX INTERRUPT [vnet2:q1] Stage 2 [vhost_signal]: Time=... Delay=0.023ms CPU=6 PID=40211
/// COMM=vhost-40150</c>, or the short form <c>TUN TX [vnet2:q2] Stage 2: Time=05:28:58.266 Delay=0.016ms CPU=12 PID=73868</c>
/// (no stage name, date, pointers, id or COMM). COMM may hold blanks, so it ends the fields; a packet description follows it.
/// </summary>
internal sealed class TunEventReader
{
    private readonly TextPool _devices = new();

    /// <summary>Reads a stage line behind its prefix and opening bracket.</summary>
    /// <returns>False when the line is not of that form.</returns>
    public bool TryRead(ReadOnlySpan<byte> rest, long number, out TunEvent stage)
    {
        stage = new TunEvent
        {
            Line = number, Queue = -1, Cpu = -1, Pid = -1, Interrupt = -1, Delay = Latency.Missing, IcmpType = -1, IcmpId = -1, Sequence = -1,
        };
        return TakeQueue(ref rest, ref stage)
            && ByteText.Take(ref rest, " Stage "u8)
            && ByteText.TakeInteger(ref rest, 5, out stage.Stage)
            && stage.Stage >= 1
            && TakeName(ref rest, ref stage)
            && ByteText.TakeThrough(ref rest, ": Time="u8)
            && TakeTime(ref rest, ref stage)
            && ReadFields(rest, ref stage);
    }

    private bool TakeQueue(ref ReadOnlySpan<byte> rest, ref TunEvent stage)
    {
        int end = rest.IndexOf((byte)']');
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> name = rest[..end];
        rest = rest[(end + 1)..];
        int colon = name.LastIndexOf(":q"u8);
        if (colon < 0)
        {
            return name.SequenceEqual("unknown"u8);
        }

        ReadOnlySpan<byte> queue = name[(colon + 2)..];
        if (!ByteText.IsDeviceName(name[..colon]))
        {
            return false;
        }

        stage.Device = _devices.Get(name[..colon]);
        return ByteText.TakeInteger(ref queue, ushort.MaxValue, out stage.Queue) && queue.IsEmpty;
    }

    /// <summary>In layouts of three stages the third is irqfd_wakeup: it is stage 4 here, its delay from stage 2 as there.</summary>
    private static bool TakeName(ref ReadOnlySpan<byte> rest, ref TunEvent stage)
    {
        stage.Stage = stage.Stage == 3 && rest.StartsWith(" [irqfd_wakeup]"u8) ? 4 : stage.Stage;
        return true;
    }

    private static bool TakeTime(ref ReadOnlySpan<byte> rest, ref TunEvent stage)
    {
        if (ByteText.TakeDateTime(ref rest, out DateTime time))
        {
            stage.IsDated = true;
            stage.Milliseconds = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
            return true;
        }

        bool timed = ByteText.TakeTimeOfDay(ref rest, out int milliseconds);
        stage.Milliseconds = milliseconds;
        return timed;
    }

    private static bool ReadFields(ReadOnlySpan<byte> rest, ref TunEvent stage)
    {
        while (!rest.IsEmpty)
        {
            rest = rest.TrimStart((byte)' ');
            if (ByteText.Take(ref rest, "COMM="u8))
            {
                stage.IsKernelWorker = rest.StartsWith("kworker/"u8);
                int at = rest.LastIndexOf(" ICMP "u8);
                return at < 0 || ReadPacket(rest[(at + 6)..], ref stage);
            }

            if (ByteText.Take(ref rest, "ICMP "u8))
            {
                return ReadPacket(rest, ref stage);
            }

            ReadOnlySpan<byte> field = ByteText.TakeWord(ref rest);
            if (!ReadField(field, ref stage))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadField(ReadOnlySpan<byte> field, ref TunEvent stage)
    {
        if (ByteText.Take(ref field, "Delay="u8))
        {
            // Printed in ms with three decimals: the reader's thousandths are microseconds here.
            NumberStatus status = ByteText.TakeMicroseconds(ref field, out long thousandths);
            stage.IsWrapped = status == NumberStatus.Wrapped || thousandths > long.MaxValue / 1000;
            stage.Delay = stage.IsWrapped ? Latency.Missing : thousandths * 1000;
            return status != NumberStatus.Invalid && field.SequenceEqual("ms"u8);
        }

        if (ByteText.Take(ref field, "CPU="u8))
        {
            return ByteText.TakeInteger(ref field, ushort.MaxValue, out stage.Cpu) && field.IsEmpty;
        }

        if (ByteText.Take(ref field, "PID="u8))
        {
            return ByteText.TakeInteger(ref field, int.MaxValue, out stage.Pid) && field.IsEmpty;
        }

        if (field.StartsWith("GSI("u8) || field.StartsWith("Vector("u8))
        {
            return ByteText.TakeThrough(ref field, "="u8) && ByteText.TakeInteger(ref field, int.MaxValue, out stage.Interrupt) && field.IsEmpty;
        }

        if (field.StartsWith("Sock("u8))
        {
            return ReadPointer(field, out stage.Socket);
        }

        return !field.StartsWith("EventFD("u8) || ReadPointer(field, out stage.EventFd);
    }

    private static bool ReadPointer(ReadOnlySpan<byte> field, out ulong pointer)
    {
        pointer = 0;
        return ByteText.TakeThrough(ref field, "=0x"u8)
            && Utf8Parser.TryParse(field, out pointer, out int used, 'x')
            && used == field.Length;
    }

    /// <summary>Reads <c>10.0.130.145 -> 10.0.130.143 type=8 code=0 id=22804 seq=1</c>; the short form stops after the type.</summary>
    private static bool ReadPacket(ReadOnlySpan<byte> rest, ref TunEvent stage)
    {
        if (!ByteText.TakeAddress(ref rest, out stage.Source)
            || !(ByteText.Take(ref rest, " -> "u8) || ByteText.Take(ref rest, "->"u8))
            || !ByteText.TakeAddress(ref rest, out stage.Destination)
            || !ByteText.Take(ref rest, " type="u8)
            || !ByteText.TakeInteger(ref rest, byte.MaxValue, out stage.IcmpType))
        {
            return false;
        }

        if (ByteText.TakeThrough(ref rest, " id="u8))
        {
            return ByteText.TakeInteger(ref rest, ushort.MaxValue, out stage.IcmpId)
                && ByteText.Take(ref rest, " seq="u8)
                && ByteText.TakeInteger(ref rest, ushort.MaxValue, out stage.Sequence)
                && rest.IsEmpty;
        }

        return true;
    }
}
