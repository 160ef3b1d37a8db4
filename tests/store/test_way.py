"""One message's way through inbox, pump, outbox and ledger."""


async def test_a_message_is_answered(house):
    receipt = await house.hear("hello")
    assert receipt is not None
    assert (receipt.conversation, receipt.seq, receipt.begun) == ("1", 1, True)
    assert await house.drain() == ["1: hello"]
    assert await house.drain() == []
