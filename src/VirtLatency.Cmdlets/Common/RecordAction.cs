namespace VirtLatency.Common;

/// <summary>Takes a parser's record.</summary>
internal delegate void RecordAction<TRecord>(in TRecord record)
    where TRecord : struct;
