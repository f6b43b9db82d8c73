namespace VirtLatency.Parsing;

/// <summary>What a piece of a JSON list of flat objects is.</summary>
internal enum JsonPieceKind
{
    /// <summary>Brackets, commas and blanks between objects.</summary>
    Frame,

    /// <summary>An object, from its opening to its closing brace.</summary>
    Whole,

    /// <summary>Bytes that belong to no whole object.</summary>
    Damage,

    /// <summary>The beginning of an object that the stream ends in.</summary>
    Cut,
}
