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

    It 'filters by ICMP type and device' {
        (Import-TunIrqLog $data/zbs/zbshost-vhost-*.log -IcmpType 0).HostRole | Sort-Object -Unique | Should -Be 'Sender'
        Import-TunIrqLog $data/zbs/zbshost-vhost-*.log -Device 'tap*' | Should -BeNullOrEmpty
    }
}
