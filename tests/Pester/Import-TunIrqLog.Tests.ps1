BeforeAll { . $PSScriptRoot/Initialize.ps1 }

Describe 'Import-TunIrqLog' {
    It 'takes stage 4 from stage 2' {
        $chain = Import-TunIrqLog $data/zbs-c6off/zbshost-vhost-recv-request.log
        $chain.S1ToS2Us | Should -Be 16
        $chain.S3ToS4Us | Should -Be 2
        $chain.TotalUs | Should -Be 27
        $chain.PrintedSumUs | Should -Be 35
    }

    It 'reads the abbreviated form' {
        Set-Content TestDrive:/short.log @(
            'TUN TX [vnet2:q2] Stage 1: Time=05:28:58.266 Queue=2 CPU=36 ICMP 10.0.129.145->10.0.129.143 type=8'
            'TUN TX [vnet2:q2] Stage 2: Time=05:28:58.266 Delay=0.016ms CPU=12 PID=73868'
            'TUN TX [vnet2:q2] Stage 3: Time=05:28:58.266 Delay=0.008ms CPU=12 PID=73868'
            'TUN TX [vnet2:q2] Stage 4: Time=05:28:58.266 Delay=0.010ms CPU=12 PID=73868'
            'TUN TX [vnet2:q2] Stage 5: Time=05:28:58.266 Delay=0.001ms CPU=12 PID=73868'
        )
        $chain = Import-TunIrqLog TestDrive:/short.log
        $chain.TotalUs | Should -Be 27
        $chain.HostRole | Should -Be 'Receiver'
        $chain.UptimeSeconds | Should -BeNullOrEmpty
        $chain.IrqCpuIdle | Should -BeNullOrEmpty
    }

    It 'reads the JSON file in nanoseconds' {
        $common = @{ cpu_id = 6; pid = 40211; comm = 'vhost-40150'; queue_key = 'vnet2:q1'; sock_ptr = 5; eventfd_ctx = 7; vq_ptr = 9; gsi = 0
            saddr = 0; daddr = 0; sport = 0; dport = 0; protocol = 0; icmp_id = 0; icmp_seq = 0; icmp_type = 0; icmp_code = 0 }
        # 10.0.130.145 to 10.0.130.143, id 22804, sequence 1, as little-endian numbers.
        $packet = @{ cpu_id = 20; pid = 0; comm = 'swapper/20'; eventfd_ctx = 0; saddr = 2441216010; daddr = 2407661578; protocol = 1; icmp_id = 5209; icmp_seq = 256; icmp_type = 8 }
        $events = @(
            @{ timestamp = 2628800123456789; stage = 1; stage_name = 'tun_net_xmit'; delay_ns = 0 }
            @{ timestamp = 2628800123481300; stage = 2; stage_name = 'vhost_signal'; delay_ns = 23456 }
            @{ timestamp = 2628800123486500; stage = 3; stage_name = 'eventfd_signal'; delay_ns = 5123 }
            @{ timestamp = 2628800123489700; stage = 4; stage_name = 'irqfd_wakeup'; delay_ns = 8321 }
            @{ timestamp = 2628800123492600; stage = 5; stage_name = 'posted_int'; delay_ns = 2999 }
        ) | ForEach-Object {
            $item = $common.Clone()
            if ($_.stage -eq 1) { foreach ($key in $packet.Keys) { $item[$key] = $packet[$key] } }
            foreach ($key in $_.Keys) { $item[$key] = $_[$key] }
            $item
        }
        ConvertTo-Json $events | Set-Content TestDrive:/f.json
        $chain = Import-TunIrqLog TestDrive:/f.json
        $chain.TotalUs | Should -Be 34.776
        $chain.S3ToS4Us | Should -Be 3.198
        $chain.HostRole | Should -Be 'Receiver'
        $chain.IcmpId | Should -Be 22804
        $chain.Sequence | Should -Be 1
        $chain.Run | Should -Be '1'
        $chain.Source | Should -Be '10.0.130.145'
    }

    It 'gives null where a build does not measure' {
        Set-Content TestDrive:/three.log @(
            'TUN TX INTERRUPT [vnet2:q1] Stage 1 [tun_net_xmit]: Time=1970-01-31 10:13:20.123 Sock=0xffff8f3d5a2b0840 EventFD=0x0 GSI=0 VQ=0x0 Delay=0.000ms CPU=20 PID=0 COMM=swapper/20 [packet info parse error]'
            'TUN TX INTERRUPT [vnet2:q1] Stage 2 [vhost_signal]: Time=1970-01-31 10:13:20.124 Sock=0xffff8f3d5a2b0840 EventFD=0xffff8f3d41c7a100 GSI=0 VQ=0xffff8f3d77e80000 Delay=0.000ms CPU=6 PID=40211 COMM=vhost-40150'
            'TUN TX INTERRUPT [vnet2:q1] Stage 3 [irqfd_wakeup]: Time=1970-01-31 10:13:20.124 Sock=0xffff8f3d5a2b0840 EventFD=0xffff8f3d41c7a100 GSI=37 VQ=0x0 Delay=0.008ms CPU=6 PID=40211 COMM=vhost-40150'
        )
        $chain = Import-TunIrqLog TestDrive:/three.log -HostRole Receiver
        $chain.LastStage | Should -Be 4
        $chain.S2ToS4Us | Should -Be 8
        $chain.S1ToS2Us | Should -BeNullOrEmpty
        $chain.TotalUs | Should -BeNullOrEmpty
        $chain.HostRole | Should -Be 'Receiver'
    }

    It 'filters by ICMP type and device' {
        (Import-TunIrqLog $data/zbs/zbshost-vhost-*.log -IcmpType 0).HostRole | Sort-Object -Unique | Should -Be 'Sender'
        Import-TunIrqLog $data/zbs/zbshost-vhost-*.log -Device 'tap*' | Should -BeNullOrEmpty
    }
}
