namespace VirtLatency.CpuIdle.Boot;

/// <summary>The files of a host that say what it boots with.</summary>
internal sealed class BootTree
{
    private static readonly string[] GrubFolders = ["/boot/grub2", "/boot/grub"];
    private readonly HostTree _tree;

    public BootTree(HostTree tree)
    {
        _tree = tree;
        Dictionary<string, string> release = (tree.TextOf("/etc/os-release") ?? tree.TextOf("/usr/lib/os-release") ?? string.Empty).Split('\n')
            .Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last()[1].Trim().Trim('"', '\''), StringComparer.Ordinal);
        Distribution = release.GetValueOrDefault("ID");
        Version = int.TryParse(release.GetValueOrDefault("VERSION_ID")?.Split('.')[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int version) ? version : null;
        IsDebian = $"{Distribution} {release.GetValueOrDefault("ID_LIKE")}".Split(' ').Any(id => id is "debian" or "ubuntu");
        IsEfi = tree.TextOf("/sys/firmware/efi/fw_platform_size") is not null;
    }

    /// <summary>All that is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        "/proc/cmdline", "/etc/default/grub", "/etc/default/grub.d/*.cfg", "/etc/kernel/cmdline", "/etc/os-release", "/usr/lib/os-release",
        "/boot/loader/entries/*.conf", "/boot/efi/loader/entries/*.conf", "/efi/loader/entries/*.conf",
        "/boot/grub2/grubenv", "/boot/grub/grubenv", "/boot/grub2/grub.cfg", "/boot/grub/grub.cfg", "/boot/efi/EFI/*/grub.cfg", "/boot/efi/EFI/*/grubenv",
        "/sys/firmware/efi/fw_platform_size", "/sys/module/intel_idle/parameters/*", "/usr/sbin/grub-mkconfig",
    ];

    /// <summary>ID of os-release; null where it is not known.</summary>
    public string? Distribution { get; }

    /// <summary>First number of VERSION_ID; null where there is none.</summary>
    public int? Version { get; }

    /// <summary>Debian, Ubuntu and what is made from them: grub-mkconfig reads grub.d there.</summary>
    public bool IsDebian { get; }

    /// <summary>Started by EFI firmware.</summary>
    public bool IsEfi { get; }

    /// <summary>A file's text; null where it was not read.</summary>
    public string? TextOf(string path) => _tree.TextOf(path);

    /// <summary>What may not be read.</summary>
    public IReadOnlyList<string> Denied => _tree.Denied;

    /// <summary>Files of which only the beginning was read.</summary>
    public IReadOnlyList<string> Cut => _tree.Cut;

    /// <summary>Whether a parameter of intel_idle exists in the running kernel; null where that cannot be told.</summary>
    public bool? HasIntelIdleParameter(string name) =>
        _tree.Files.Keys.Any(path => path.StartsWith("/sys/module/intel_idle/parameters/", StringComparison.Ordinal))
            ? _tree.TextOf("/sys/module/intel_idle/parameters/" + name) is not null
            : null;

    /// <summary>Files that grub-mkconfig reads, in that order.</summary>
    public IEnumerable<(string Path, string Text)> GrubDefaults()
    {
        if (_tree.TextOf("/etc/default/grub") is { } text)
        {
            yield return ("/etc/default/grub", text);
        }

        bool readsDropIns = IsDebian || _tree.TextOf("/usr/sbin/grub-mkconfig")?.Contains("/default/grub.d", StringComparison.Ordinal) == true;
        foreach (string path in readsDropIns ? Paths("/etc/default/grub.d/", ".cfg") : [])
        {
            yield return (path, _tree.TextOf(path)!);
        }
    }

    /// <summary>Boot loader entries: path, text.</summary>
    public IReadOnlyList<(string Path, string Text)> LoaderEntries() =>
        [.. ((string[])["/boot/loader/entries/", "/boot/efi/loader/entries/", "/efi/loader/entries/"]).SelectMany(folder => Paths(folder, ".conf")).Select(path => (path, _tree.TextOf(path)!))];

    /// <summary>The grub.cfg that holds the menu: a stub of the EFI partition is passed over.</summary>
    public (string Path, GrubMenu Menu)? Menu()
    {
        IEnumerable<string> candidates = Paths("/boot/efi/EFI/", "/grub.cfg").Concat(GrubFolders.Select(folder => folder + "/grub.cfg"));
        foreach (string path in candidates)
        {
            if (_tree.TextOf(path) is { } text && GrubMenu.Parse(text) is var menu && (menu.HasEntries || menu.ReadsLoaderEntries))
            {
                return (path, menu);
            }
        }

        return null;
    }

    /// <summary>The first grubenv that was read.</summary>
    public (string Path, IReadOnlyDictionary<string, (string Value, int Line)> Values) Environment()
    {
        string? path = GrubFolders.Select(folder => folder + "/grubenv").Concat(Paths("/boot/efi/EFI/", "/grubenv")).FirstOrDefault(name => _tree.TextOf(name) is not null);
        return (path ?? "/boot/grub2/grubenv", GrubEnvironment.Parse(path is null ? null : _tree.TextOf(path)));
    }

    private IEnumerable<string> Paths(string folder, string end) =>
        _tree.Files.Keys.Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(end, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
