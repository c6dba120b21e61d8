-- What happens by itself when its time has come.

local function dueOf(book, index, at, limit)
  return redis.call('ZRANGEBYSCORE', book.base .. index, '-inf', at, 'LIMIT', 0, limit)
end

-- Notifications whose time to live is over: their seqs, and whose drafts they are.
registerRead('ending', function(book, args)
  local seqs, names = {}, {}
  for _, seq in ipairs(dueOf(book, ':expiring', args[1], args[2])) do
    local row = rowAt(book, seq)
    seqs[#seqs + 1] = seq
    if row then addName(names, row) end
  end
  return { seqs, names }
end)

-- Lets a notification that was put off come again, at the end of its log.
local function wake(book, row)
  local entry = entryOf(row)
  local before = entry.wokenFrom
  local left = { kind = 'notification', at = entry.at, from = entry.from, id = entry.id, text = '', wokenFrom = before }
  entry.snoozedUntil, entry.attended = nil, nil
  entry.wokenFrom = { seq = row.seq, at = before and before.at or entry.at }
  entry.at = book.at
  local flags = bit.band(row.flags, bit.bor(EDITED, MUTED, READ_KNOWN))
  local seq = grow(book, flags, cjson.encode(entry))
  count(book, flags, 1)
  redis.call('ZADD', book.base .. ':notifications', seq, seq)
  redis.call('HSET', book.base .. ':received', nameOf(entry.from, entry.id), seq)
  if entry.expiresAt then
    redis.call('ZREM', book.base .. ':expiring', row.seq)
    redis.call('ZADD', book.base .. ':expiring', entry.expiresAt, seq)
  end
  left.wokenAs = seq
  row.entry = left
  setFlags(book, row, bit.bor(row.flags, WOKEN))
  write(book, row, true)
end

local function firstOf(book, index)
  return tonumber(redis.call('ZRANGE', book.base .. index, 0, 0, 'WITHSCORES')[2] or '') or math.huge
end

-- Takes back those of these seqs whose time to live is over, wakes some that were put off; says when this user's next is due.
-- The authors know already: who stops in between does it all again.
registerWrite('lapse', function(book, args)
  local uid, limit = args[1], args[2]
  for n = 3, #args do
    local row = rowAt(book, args[n])
    redis.call('ZREM', book.base .. ':expiring', args[n])
    if row then
      local entry = entryOf(row)
      takeBack(book, entry.from == uid and 'both' or 'in', entry.from, uid, entry.id, entry.ref)
    end
  end
  for _, seq in ipairs(dueOf(book, ':snoozed', book.at, limit)) do
    redis.call('ZREM', book.base .. ':snoozed', seq)
    local row = rowAt(book, seq)
    if row and not has(row.flags, GONE) then wake(book, row) end
  end
  local due = math.min(firstOf(book, ':expiring'), firstOf(book, ':snoozed'))
  return { due < math.huge and tostring(due) or '' }
end)

-- A note in a partition that a user has something due. Written before it is, taken away after: so none is ever missing.
-- Each note changes the score, if only by a fraction of a millisecond, so that who takes one away sees that another came.
redis.register_function(NAME .. 'note', function(keys, args)
  local uid, at = args[1], tonumber(args[2])
  local before = tonumber(redis.call('ZSCORE', keys[1], uid) or '')
  if before and before <= at then at = before - 1 / 1024 end
  redis.call('ZADD', keys[1], string.format('%.10f', at), uid)
  return 1
end)

redis.register_function(NAME .. 'noted', function(keys, args)
  local uid, before, after = args[1], tonumber(args[2]), args[3]
  if tonumber(redis.call('ZSCORE', keys[1], uid) or '') ~= before then return 0 end
  if after == '' then redis.call('ZREM', keys[1], uid) else redis.call('ZADD', keys[1], after, uid) end
  return 1
end)
