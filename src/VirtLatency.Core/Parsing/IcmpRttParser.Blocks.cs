namespace VirtLatency.Parsing;

/// <content>Whole records at once, where nothing in them is unusual; all else goes line by line.</content>
public sealed partial class IcmpRttParser
{
    private readonly IcmpRttBlock _block = new();

    private protected override bool HasBlocks => true;

    /// <summary>Whole records as they are printed; the first one of a build goes line by line, to tell which build it is.</summary>
    private protected override void TakeBlocks(ReadOnlySpan<byte> text, long number, ref BlockTake take)
    {
        while (!_inRecord && _version.IsSettled)
        {
            int blank = take.Bytes < text.Length && text[take.Bytes] == '\n' ? 1 : 0;
            if (!_block.TryRead(text[(take.Bytes + blank)..], out take.WantsMore))
            {
                return;
            }

            _record = _block.Record;
            _record.Line = number + take.Lines + blank + 1;
            _record.Run = RunOfRecord();
            take.Bytes += blank + _block.Length;
            take.Parsed += _block.ParsedLines;
            take.Noise += blank + _block.NoiseLines;
            Facts.Direction ??= _record.IsTx ? "Tx" : "Rx";
            if (_block.IsReversed is { } isReversed)
            {
                _version.SeeInitiator(isReversed, Facts);
            }

            Emit();
        }
    }
}
