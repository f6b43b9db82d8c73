namespace VirtLatency.Parsing;

/// <summary>
/// Which build of the tool wrote a run, by what its header and events tell. Named by the commits that first printed so;
/// several names where the text does not tell them apart.
/// </summary>
internal sealed class TunBuild
{
    private TunLayout? _layout;
    private int _lastStage;
    private bool _isThreeStage;

    /// <summary>Lines that only builds from dde68b8 on print, and lines that only 0411184 does: one damaged line decides nothing.</summary>
    private long _filteringLines;
    private long _fiveStageLines;
    private bool _hasTotals;
    private bool _isKernel4;
    private bool _isFiltersHeader;
    private bool _isHeaderWhole;
    private int _lastProbe;

    /// <summary>The build; null until something tells.</summary>
    public string? Version
    {
        get
        {
            if (_layout is TunLayout.Abbreviated or TunLayout.Libbpf)
            {
                return _layout == TunLayout.Libbpf ? "libbpf" : "abbreviated";
            }

            if (_filteringLines > _fiveStageLines || (_fiveStageLines == 0 && _isFiltersHeader))
            {
                return OfFiltering();
            }

            if (_isThreeStage)
            {
                return "d9a1fd5";
            }

            bool isFiveStage = _fiveStageLines > 0 || (_layout == TunLayout.Json && _lastStage >= 3);
            return isFiveStage ? "0411184" : _layout == TunLayout.Json ? "d9a1fd5/0411184" : null;
        }
    }

    /// <summary>What the last stage's probe is; null until something tells.</summary>
    public string? Boundary
    {
        get
        {
            if (_isThreeStage || _layout == TunLayout.Libbpf)
            {
                return "irqfd_wakeup (stage 3 of 3)";
            }

            return Math.Max(_lastStage, _isHeaderWhole ? _lastProbe : 0) switch
            {
                5 => "posted interrupt (stage 5)",
                4 when _isHeaderWhole => "irqfd_wakeup (stage 4 of 5)",
                3 when _isHeaderWhole => "eventfd_signal (stage 3 of 5)",
                2 when _isHeaderWhole => "vhost_signal (stage 2 of 5)",
                _ => null,
            };
        }
    }

    /// <summary>Addresses are printed with their bytes in reverse order.</summary>
    public bool IsAddressReversed => _layout == TunLayout.PerStage && Version == "0411184";

    /// <summary>All stages have the same fields.</summary>
    public bool IsUniform => _layout == TunLayout.Uniform;

    /// <summary>Takes a line of the header.</summary>
    public void Header(ReadOnlySpan<byte> line)
    {
        _isKernel4 |= line.StartsWith("Using 4.x "u8);
        _isFiltersHeader |= line.StartsWith("Packet filters:"u8);
        _isThreeStage |= line.StartsWith("Chain validation: Stage 3 only fires"u8);
        _isHeaderWhole |= line.StartsWith("Correlation: "u8);
        if (ByteText.Take(ref line, "Successfully attached to "u8))
        {
            int probe = line.StartsWith("vmx_deliver_posted_interrupt"u8) ? 5
                : line.StartsWith("irqfd_wakeup"u8) ? 4
                : line.StartsWith("eventfd_signal"u8) ? 3 : 2;
            _lastProbe = Math.Max(_lastProbe, probe);
        }
    }

    /// <summary>Takes an event.</summary>
    public void Event(in TunEvent stage)
    {
        _layout = stage.Layout;
        _lastStage = Math.Max(_lastStage, stage.Stage);
        _isThreeStage |= stage.IsThirdOfThree || stage.Layout == TunLayout.Uniform;
        bool isSignal = stage.Stage == 2 && stage.Layout == TunLayout.PerStage;
        bool isMeasured = stage.Delay != Model.Latency.Missing || stage.IsWrapped;
        bool isIcmpAsOther = stage.Stage == 1 && stage.Layout == TunLayout.PerStage && stage.Protocol == 1 && !stage.TellsIcmp;
        _filteringLines += stage.TellsIcmp || (isSignal && isMeasured) ? 1 : 0;
        _fiveStageLines += isIcmpAsOther || (isSignal && !isMeasured) ? 1 : 0;
    }

    /// <summary>Takes a line of a chain's total, which one build prints.</summary>
    public void Total() => _hasTotals = true;

    /// <summary>
    /// On 4.x kernels the first of these builds read a wrong offset and saw no stage 4. The last one prints a total after
    /// each stage 5, in text.
    /// </summary>
    private string OfFiltering()
    {
        if (_hasTotals)
        {
            return "ec5dc24";
        }

        bool isNotFirst = _isKernel4 && _lastStage >= 4;
        bool isNotLast = _layout != TunLayout.Json && _lastStage == 5;
        return (isNotFirst, isNotLast) switch
        {
            (true, true) => "4d31567",
            (true, false) => "4d31567/ec5dc24",
            (false, true) => "dde68b8/4d31567",
            _ => "dde68b8/4d31567/ec5dc24",
        };
    }
}
