namespace VirtLatency.Analysis.Closing;

/// <summary>Parts and what they are set against, in us.</summary>
/// <param name="PartsUs">The parts together.</param>
/// <param name="WholeUs">What they make up, or lie within.</param>
/// <param name="ToleranceUs">How far off print steps can put the difference.</param>
/// <param name="Which">Which packet it is.</param>
internal readonly record struct Comparand(double PartsUs, double WholeUs, double ToleranceUs, string Which)
{
    /// <summary>Far below any print step: what binary fractions do to sums of decimal ones.</summary>
    private const double FloatingUs = 1e-6;

    public double ResidualUs => WholeUs - PartsUs;

    /// <summary>By how much it fails; at or below zero it holds.</summary>
    public double ExcessUs(bool isEquality) => (isEquality ? Math.Abs(ResidualUs) : -ResidualUs) - ToleranceUs - FloatingUs;
}
