-- What is asked of a log; nothing here writes, so it is answered where the server takes no writes, too.

-- Rows after a seq, contiguous, oldest first.
registerRead('read', function(book, args)
  local first = math.max(tonumber(args[1]), book.floor) + 1
  local last = math.min(book.head, first + tonumber(args[2]) - 1)
  local rows = {}
  for _, row in ipairs(rowsBetween(book, first, last)) do
    rows[#rows + 1], rows[#rows + 2] = row.seq, row.flags .. ' ' .. row.body
  end
  return rows
end)

-- Of one index, up to `limit` before a seq, newest first.
local function newest(book, index, before, limit)
  local rows = {}
  local seqs = redis.call('ZREVRANGEBYSCORE', book.base .. ':' .. index, '(' .. before, '-inf', 'LIMIT', 0, limit)
  for _, seq in ipairs(seqs) do
    rows[#rows + 1], rows[#rows + 2] = seq, redis.call('HGET', book.base .. ':log', seq)
  end
  return rows
end

registerRead('page', function(book, args)
  return newest(book, args[1], args[2], args[3])
end)

local function snapshot(book, items)
  local since, untilWhen = quietOf(book)
  return {
    book.acked,
    book.floor,
    newest(book, 'notifications', book.head + 1, items),
    newest(book, 'sent', book.head + 1, items),
    redis.call('ZRANGE', book.base .. ':mutes', 0, -1),
    since and { since, tostring(untilWhen) } or {},
  }
end

-- P8: the same incarnation, not from the future, not given up, and no more than the recovery cap behind.
local function isResumable(book, epoch, seq, most)
  return epoch == book.epoch and seq >= book.floor and seq <= book.head and book.head - seq <= most
end

-- Where a session stands: acknowledged, floor, and what stands there, unless it can resume or wants none.
registerRead('open', function(book, args)
  local from, most, items, epoch, seq = args[1], tonumber(args[2]), args[3], args[4], tonumber(args[5])
  local needs = from == 'snapshot' or (from == 'position' and not isResumable(book, epoch, seq, most))
  return needs and snapshot(book, items) or { book.acked, book.floor }
end)
