using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Boot;

namespace VirtLatency.Tests.CpuIdle.Boot;

/// <summary>Trees of hosts with the boot files that distributions have, typed by hand from their layouts.</summary>
internal static class BootTrees
{
    public static SysTree Xeon(string root) => new SysTree(root).Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon).Online("0-1");

    /// <summary>RHEL 7: one variable, entries in grub.cfg, linux16.</summary>
    public static SysTree Rhel7(string root) => Xeon(root)
        .Write("/etc/os-release", "NAME=\"Red Hat Enterprise Linux Server\"\nID=\"rhel\"\nID_LIKE=\"fedora\"\nVERSION_ID=\"7.9\"")
        .Write("/etc/default/grub", "GRUB_TIMEOUT=5\nGRUB_DEFAULT=saved\nGRUB_CMDLINE_LINUX=\"crashkernel=auto rhgb quiet processor.max_cstate=1\"")
        .Write("/etc/default/grub.d/99-unread.cfg", "GRUB_CMDLINE_LINUX=\"nothing reads this here\"")
        .Write("/boot/grub2/grubenv", "# GRUB Environment Block\nsaved_entry=Red Hat (3.10.0-1160.el7.x86_64) 7.9\n####")
        .Write("/boot/grub2/grub.cfg", "set default=\"${saved_entry}\"\nmenuentry 'Red Hat (3.10.0-1170.el7.x86_64) 7.9' --class red {\n\tlinux16 /vmlinuz-1170 root=/dev/sda1 ro idle=poll\n}\n"
            + "menuentry 'Red Hat (3.10.0-1160.el7.x86_64) 7.9' --class red {\n\tlinux16 /vmlinuz-1160 root=/dev/sda1 ro crashkernel=auto intel_idle.max_cstate=1\n}");

    /// <summary>RHEL 8: entries with $kernelopts, which grubenv has.</summary>
    public static SysTree Rhel8(string root) => Xeon(root)
        .Write("/etc/os-release", "ID=\"rhel\"\nVERSION_ID=\"8.6\"")
        .Write("/sys/firmware/efi/fw_platform_size", "64")
        .Write("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"crashkernel=auto quiet\"\nGRUB_ENABLE_BLSCFG=true")
        .Write("/boot/loader/entries/aaa-4.18.0-372.el8.x86_64.conf", "title RHEL (4.18.0-372)\nversion 4.18.0-372.el8.x86_64\nlinux /vmlinuz-372\noptions $kernelopts $tuned_params")
        .Write("/boot/loader/entries/aaa-4.18.0-80.el8.x86_64.conf", "title RHEL (4.18.0-80)\nversion 4.18.0-80.el8.x86_64\nlinux /vmlinuz-80\noptions $kernelopts idle=poll")
        .Write("/boot/grub2/grubenv", "# GRUB Environment Block\nkernelopts=root=/dev/sda1 ro intel_idle.max_cstate=1 \nboot_success=0\n####")
        .Write("/boot/efi/EFI/redhat/grub.cfg", "insmod blscfg\nblscfg\nset tuned_params=\"nosmt\"");

    /// <summary>RHEL 9: entries with their whole options.</summary>
    public static SysTree Rhel9(string root) => Xeon(root)
        .Write("/etc/os-release", "ID=\"rhel\"\nVERSION_ID=\"9.2\"")
        .Write("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"quiet\"\nGRUB_CMDLINE_LINUX_DEFAULT=\"${GRUB_CMDLINE_LINUX_DEFAULT:+$GRUB_CMDLINE_LINUX_DEFAULT }\\$tuned_params\"")
        .Write("/boot/loader/entries/bbb-5.14.0-284.el9.x86_64.conf", "title RHEL (5.14.0-284)\nversion 5.14.0-284.el9.x86_64\nlinux /vmlinuz\noptions root=/dev/sda1 ro quiet intel_idle.states_off=8")
        .Write("/boot/grub2/grubenv", "saved_entry=bbb-5.14.0-284.el9.x86_64")
        .Write("/boot/grub2/grub.cfg", "insmod blscfg\nblscfg")
        .Write("/boot/efi/EFI/redhat/grub.cfg", "configfile $prefix/grub.cfg");

    /// <summary>Ubuntu: two variables, drop-ins that add to them.</summary>
    public static SysTree Ubuntu(string root) => Xeon(root)
        .Write("/etc/os-release", "ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"22.04\"")
        .Write("/etc/default/grub", "GRUB_DEFAULT=0\nGRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet splash intel_idle.max_cstate=2\"\nGRUB_CMDLINE_LINUX=\"\"")
        .Write("/etc/default/grub.d/50-cloud.cfg", "GRUB_CMDLINE_LINUX_DEFAULT=\"$GRUB_CMDLINE_LINUX_DEFAULT intel_idle.max_cstate=1\"")
        .Write("/boot/grub/grub.cfg", "set default=\"0\"\nset vt_handoff=vt.handoff=7\nmenuentry 'Ubuntu' --class ubuntu $menuentry_id_option 'gnulinux-simple-x' {\n\tlinux\t/boot/vmlinuz root=UUID=1 ro  quiet splash intel_idle.max_cstate=1 $vt_handoff\n}\n"
            + "submenu 'Advanced' {\n\tmenuentry 'Ubuntu old' {\n\t\tlinux /boot/old idle=poll\n\t}\n}");

    public static BootConfiguration Read(string root)
    {
        using LocalHost host = LocalHost.Captured(root);
        return BootConfiguration.Read(host);
    }

    public static IdleTable Table(string root)
    {
        using LocalHost host = LocalHost.Captured(root);
        return IdleTable.Of(CpuIdleReader.Read(host));
    }
}
