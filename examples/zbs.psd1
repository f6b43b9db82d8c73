# A manifest: which file has which role, so that nothing has to be found out. Paths are relative to this file.
@{
    Name = 'ZBS'
    Note = 'Zone B, C6 on.'
    Logs = @{
        SenderVm       = 'data/zbs/sfsvm-send.log'
        ReceiverVm     = 'data/zbs/sfsvm-recv.log'
        SenderHost     = 'data/zbs/zbshost-sender.log'
        ReceiverHost   = 'data/zbs/zbshost-receiver.log'
        ReceiverTunIrq = 'data/zbs/zbshost-vhost-recv-request.log'
        SenderTunIrq   = 'data/zbs/zbshost-vhost-recv-reply.log'
        SenderKvmTun   = 'data/zbs/zbshost-kvm-tx.log'

        # Not kept here. The two together tell what the tools themselves cost:
        # SenderPing             = 'data/zbs/ping.log'       # ping's own output, beside the tools
        # SenderPingWithoutTools = 'data/zbs/ping-bare.log'  # the same while no tool ran
    }
}
