namespace VirtLatency.Parsing;

/// <summary>
/// The parts of a record of kernel_icmp_rtt in the order in which every build prints them, each at most once. A part out
/// of its order is another record's: a piece of the file is missing between them.
/// </summary>
internal enum IcmpRttPart
{
    Title,
    Session,
    Task1,
    Task2,
    PointersHeading,
    Pointer,
    Path1Heading,
    Stage0To1,
    Stage1To2,
    Total1,
    Path2Heading,
    Stage3To4,
    Stage4To5,
    Total2,
    TotalRtt,
    InterPath,
    StacksHeading,
}
