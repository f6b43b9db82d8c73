namespace VirtLatency.Reporting.Html.Charts;

/// <summary>The pattern that lies over what was computed and not measured; it is defined once for all pictures.</summary>
internal static class Hatch
{
    public static void Define(Markup html)
    {
        using (html.In("svg", ("class", "definitions"), ("width", "0"), ("height", "0"), ("aria-hidden", "true")))
        using (html.In("defs"))
        using (html.In("pattern", ("id", "hatch"), ("width", "5"), ("height", "5"), ("patternUnits", "userSpaceOnUse"), ("patternTransform", "rotate(45)")))
        {
            html.Void("line", ("x1", "0"), ("y1", "0"), ("x2", "0"), ("y2", "5"), ("class", "hatch-line"));
        }

        html.Line();
    }
}
