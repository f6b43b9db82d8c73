namespace VirtLatency.Model;

/// <summary>What tells that a ping was not answered.</summary>
public enum LossEvidence
{
    /// <summary>It was answered.</summary>
    None,

    /// <summary>ping -O said so when it sent the next one, and no answer came later.</summary>
    NoAnswerYet,

    /// <summary>An ICMP error came back instead of an answer.</summary>
    ErrorAnswer,

    /// <summary>Later packets were answered or spoken of, this one never.</summary>
    Gap,

    /// <summary>ping's closing count of sent packets goes beyond the last one that a line speaks of.</summary>
    Footer,
}
