namespace VirtLatency.Analysis.Statistics;

/// <summary>Where a rank test's p-value comes from.</summary>
internal enum RankTestMethod
{
    /// <summary>All permutations were gone through: the p is exact.</summary>
    AllPermutations,

    /// <summary>A seeded draw of the permutations.</summary>
    DrawnPermutations,

    /// <summary>Student's t, for large samples.</summary>
    Student,
}
