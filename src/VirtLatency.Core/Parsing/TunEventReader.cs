using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads one stage line, in any of its forms:
/// <c>TUN TX INTERRUPT [vnet2:q1] Stage 2 [vhost_signal]: Time=... Delay=0.023ms CPU=6 PID=40211 COMM=vhost-40150</c>;
/// the short form <c>TUN TX [vnet2:q2] Stage 2: Time=05:28:58.266 Delay=0.016ms CPU=12 PID=73868</c> (no stage name, date,
/// pointers, id or COMM); and the C port's <c>TUN_IRQ [vnet2:q1] Stage 3 [irqfd_wakeup] Time=...</c>.
/// COMM may hold blanks, so it ends the fields; stage 1's packet follows it.
/// </summary>
internal sealed class TunEventReader
{
    private const int NamesOfLayout = 6;

    // Places in FieldNames.
    private const int QueueField = 0;
    private const int SocketField = 1;
    private const int EventFdField = 2;
    private const int VirtQueueField = 3;
    private const int InterruptField = 4;
    private const int VectorField = 5;
    private const int VirtCpuField = 6;
    private const int DelayField = 7;
    private const int CpuField = 8;
    private const int PidField = 9;

    private static readonly byte[][] FieldNames =
    [
        "Queue="u8.ToArray(), "Sock"u8.ToArray(), "EventFD"u8.ToArray(), "VQ="u8.ToArray(), "GSI"u8.ToArray(), "Vector("u8.ToArray(),
        "VCPU="u8.ToArray(), "Delay="u8.ToArray(), "CPU="u8.ToArray(), "PID="u8.ToArray(),
    ];

    private static readonly byte[][] Packets =
        ["ICMP "u8.ToArray(), "TCP "u8.ToArray(), "UDP "u8.ToArray(), "IP "u8.ToArray(), "OTHER "u8.ToArray(), "[packet info parse error]"u8.ToArray()];

    private readonly TextPool _devices = new();
    private readonly LogClock _clock = new();
    private readonly KnownText _device = new();
    private readonly KnownText[] _names = KnownText.Several(NamesOfLayout * (int)TunLayout.Json);
    private readonly bool[] _isIrqfdName = new bool[NamesOfLayout * (int)TunLayout.Json];
    private string? _deviceName;

    /// <summary>True when the line read last holds no text of its writer's choosing that has a blank in it: nothing can have been written into it.</summary>
    public bool IsPlain { get; private set; }

    /// <summary>True for a line that begins as a stage line does.</summary>
    public static bool IsStage(ReadOnlySpan<byte> line) => TakePrefix(ref line, out _);

    /// <summary>Reads a stage line.</summary>
    /// <returns>False when the line is not of that form.</returns>
    public bool TryRead(ReadOnlySpan<byte> line, long number, out TunEvent stage)
    {
        ReadOnlySpan<byte> rest = line.TrimEnd((byte)' ');
        bool known = TakePrefix(ref rest, out TunLayout layout);
        stage = TunEvent.Blank(number, layout);
        if (!known
            || !TakeQueue(ref rest, ref stage)
            || !ByteText.Take(ref rest, " Stage "u8)
            || !ByteText.TakeInteger(ref rest, 5, out stage.Stage)
            || stage.Stage < 1
            || !TakeName(ref rest, ref stage))
        {
            return false;
        }

        if (!TakeTime(ref rest, ref stage) || !ReadFields(rest, ref stage))
        {
            return false;
        }

        CorrectDelay(ref stage);
        return true;
    }

    /// <summary>Reads a stage's name, which is the same on each of its lines, up to the time.</summary>
    private bool TakeName(ref ReadOnlySpan<byte> rest, ref TunEvent stage)
    {
        int slot = (NamesOfLayout * (int)stage.Layout) + stage.Stage;
        IsPlain = _names[slot].Take(ref rest);
        if (!IsPlain)
        {
            ReadOnlySpan<byte> name = rest;
            if (!ByteText.TakeThrough(ref rest, stage.Layout == TunLayout.Libbpf ? "] Time="u8 : ": Time="u8))
            {
                return false;
            }

            name = name[..^rest.Length];
            ReadOnlySpan<byte> word = name.TrimStart((byte)' ');
            IsPlain = word.IndexOf((byte)' ') == word.Length - " Time=".Length;
            stage.IsThirdOfThree = stage.Stage == 3 && name.StartsWith(" [irqfd_wakeup]"u8);
            if (IsPlain)
            {
                _names[slot].Keep(name);
                _isIrqfdName[slot] = stage.IsThirdOfThree;
            }
        }
        else
        {
            stage.IsThirdOfThree = _isIrqfdName[slot];
        }

        stage.Stage = stage.IsThirdOfThree ? 4 : stage.Stage;
        return true;
    }

    /// <summary>Reads a queue's name, <c>vnet2:q1</c> or <c>unknown</c>.</summary>
    public bool TryReadQueue(ReadOnlySpan<byte> name, ref TunEvent stage)
    {
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

        bool isUnknown = stage.Layout == TunLayout.Libbpf && name[..colon].SequenceEqual("unknown"u8);
        stage.Device = isUnknown ? null : _devices.Get(name[..colon]);
        _deviceName = stage.Device;

        // The C port means no device by this name.
        _device.Keep(name[..colon].SequenceEqual("unknown"u8) ? default : name[..(colon + 2)]);
        return ByteText.TakeInteger(ref queue, ushort.MaxValue, out stage.Queue) && queue.IsEmpty;
    }

    private static bool TakePrefix(ref ReadOnlySpan<byte> line, out TunLayout layout)
    {
        layout = TunLayout.PerStage;
        if (ByteText.Take(ref line, "TUN TX INTERRUPT ["u8))
        {
            return true;
        }

        layout = TunLayout.Abbreviated;
        if (ByteText.Take(ref line, "TUN TX ["u8))
        {
            return true;
        }

        layout = TunLayout.Libbpf;
        return ByteText.Take(ref line, "TUN_IRQ ["u8);
    }

    /// <summary>
    /// Stages 1 and 2 of three-stage builds print the constant 0 where later builds print what they measured: it is no
    /// latency. The C port leaves a delay of 0 out, and its irqfd_wakeup always measures one.
    /// </summary>
    private static void CorrectDelay(ref TunEvent stage)
    {
        if (stage.Layout == TunLayout.Uniform && stage.Stage <= 2 && stage.Delay == 0)
        {
            stage.Delay = Latency.Missing;
        }
        else if (stage.Layout == TunLayout.Libbpf && stage.IsThirdOfThree && stage.Delay == Latency.Missing && !stage.IsWrapped)
        {
            stage.Delay = 0;
        }
    }

    private bool TakeQueue(ref ReadOnlySpan<byte> rest, ref TunEvent stage)
    {
        ReadOnlySpan<byte> again = rest;
        if (_device.Take(ref again) && ByteText.TakeInteger(ref again, ushort.MaxValue, out stage.Queue) && ByteText.Take(ref again, "]"u8))
        {
            stage.Device = _deviceName;
            rest = again;
            return true;
        }

        int end = rest.IndexOf((byte)']');
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> name = rest[..end];
        rest = rest[(end + 1)..];
        return TryReadQueue(name, ref stage);
    }

    private bool TakeTime(ref ReadOnlySpan<byte> rest, ref TunEvent stage)
    {
        if (_clock.Take(ref rest, out DateTime time))
        {
            stage.IsDated = true;
            stage.Stamp = (time.Ticks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
            return true;
        }

        bool timed = ByteText.TakeTimeOfDay(ref rest, out int milliseconds);
        stage.Stamp = milliseconds * 1_000_000L;
        return timed;
    }

    /// <summary>The field's place among <see cref="FieldNames"/>; its first letter leaves few to compare.</summary>
    private static int KnownField(ReadOnlySpan<byte> field)
    {
        if (field.Length < 2)
        {
            return -1;
        }

        int known = field[0] switch
        {
            (byte)'Q' => QueueField,
            (byte)'S' => SocketField,
            (byte)'E' => EventFdField,
            (byte)'G' => InterruptField,
            (byte)'D' => DelayField,
            (byte)'C' => CpuField,
            (byte)'P' => PidField,
            (byte)'V' => field[1] switch { (byte)'Q' => VirtQueueField, (byte)'e' => VectorField, _ => VirtCpuField },
            _ => -1,
        };
        return known >= 0 && field.StartsWith(FieldNames[known]) ? known : -1;
    }

    /// <summary>
    /// Reads a task's name, and in stage 1 the packet behind it. A name without blanks, and an ICMP packet that the line
    /// ends with: then every byte of the line's end is the tool's.
    /// </summary>
    private bool ReadEnd(ReadOnlySpan<byte> text, ref TunEvent stage)
    {
        stage.IsKernelWorker = text.StartsWith("kworker/"u8);
        int blank = text.IndexOf((byte)' ');
        if (stage.Stage != 1)
        {
            IsPlain &= blank < 0;
            return true;
        }

        if (blank >= 0 && TunPacketReader.TryReadIcmpOnly(text[(blank + 1)..], ref stage))
        {
            return true;
        }

        IsPlain = false;
        return TunPacketReader.Read(text, ref stage);
    }

    private bool ReadFields(ReadOnlySpan<byte> rest, ref TunEvent stage)
    {
        int seen = 0;
        while (!rest.IsEmpty)
        {
            rest = rest[0] == ' ' ? rest[1..].TrimStart((byte)' ') : rest;
            if (rest[0] == 'C' && ByteText.Take(ref rest, "COMM="u8))
            {
                return ReadEnd(rest, ref stage);
            }

            if (rest[0] is (byte)'I' or (byte)'T' or (byte)'U' or (byte)'O' or (byte)'[' && ByteText.StartsWithAny(rest, Packets))
            {
                IsPlain = false;
                return TunPacketReader.Read(rest, ref stage);
            }

            // Each field once, and no other: what stands twice or is unknown is another line's, or damaged.
            ReadOnlySpan<byte> field = ByteText.TakeWord(ref rest);
            int known = KnownField(field);
            if (known < 0 || (seen & (1 << known)) != 0 || !ReadField(known, field, ref stage))
            {
                return false;
            }

            seen |= 1 << known;
        }

        return true;
    }

    private static bool ReadField(int known, ReadOnlySpan<byte> field, ref TunEvent stage)
    {
        ReadOnlySpan<byte> text = field[FieldNames[known].Length..];
        bool isBare = text.Length > 0 && text[0] == '=' && known is SocketField or EventFdField or InterruptField;
        stage.Layout = isBare && stage.Layout == TunLayout.PerStage ? TunLayout.Uniform : stage.Layout;
        switch (known)
        {
            case DelayField:
                return ReadDelay(text, ref stage);
            case CpuField:
                return ByteText.TakeInteger(ref text, ushort.MaxValue, out stage.Cpu) && text.IsEmpty;
            case PidField:
                return ByteText.TakeInteger(ref text, int.MaxValue, out stage.Pid) && text.IsEmpty;
            case InterruptField or VectorField:
                bool told = ByteText.TakeThrough(ref text, "="u8) && ByteText.TakeInteger(ref text, int.MaxValue, out stage.Interrupt) && text.IsEmpty;
                stage.Interrupt = stage.Interrupt == 0 ? -1 : stage.Interrupt;
                return told;
            case SocketField:
                return ReadPointer(text, out stage.Socket);
            case EventFdField:
                return ReadPointer(text, out stage.EventFd);
            default:
                return true;
        }
    }

    /// <summary>Printed in ms with three decimals: the reader's thousandths are microseconds here.</summary>
    private static bool ReadDelay(ReadOnlySpan<byte> text, ref TunEvent stage)
    {
        NumberStatus status = ByteText.TakeMicroseconds(ref text, out long thousandths);
        stage.IsWrapped = status == NumberStatus.Wrapped || thousandths > long.MaxValue / 1000;
        stage.Delay = stage.IsWrapped ? Latency.Missing : thousandths * 1000;
        return status != NumberStatus.Invalid && text.SequenceEqual("ms"u8);
    }

    private static bool ReadPointer(ReadOnlySpan<byte> field, out ulong pointer)
    {
        pointer = 0;
        if (!ByteText.TakeThrough(ref field, "=0x"u8) || field.IsEmpty)
        {
            return false;
        }

        foreach (byte letter in field)
        {
            int digit = HexDigit(letter);
            if (digit < 0 || pointer > ulong.MaxValue >> 4)
            {
                return false;
            }

            pointer = (pointer << 4) | (uint)digit;
        }

        return true;
    }

    private static int HexDigit(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        _ => -1,
    };
}
