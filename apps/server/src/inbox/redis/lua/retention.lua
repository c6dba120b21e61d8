-- What a log gives up (P28).

-- Entries that are given up in one call at most: a bound that was lowered a lot must not hold up the server.
local TRIMMED_AT_ONCE = 2000
local PAGE = 500

local function rowsBetween(book, first, last)
  local rows = {}
  for from = first, last, PAGE do
    local seqs = {}
    for seq = from, math.min(last, from + PAGE - 1) do seqs[#seqs + 1] = seq end
    for n, raw in ipairs(redis.call('HMGET', book.base .. ':log', unpack(seqs))) do
      if raw then rows[#rows + 1] = rowFrom(seqs[n], raw) end
    end
  end
  return rows
end

local function forget(book, row)
  local entry = entryOf(row)
  if entry.kind == 'sent' then
    redis.call('HDEL', book.base .. ':drafts', entry.id)
    redis.call('ZREM', book.base .. ':ids', entry.id)
  elseif entry.kind == 'notification' then
    count(book, row.flags, -1)
    local name = nameOf(entry.from, entry.id)
    -- A stub's name leads to where its notification stands now.
    if tonumber(redis.call('HGET', book.base .. ':received', name)) == row.seq then
      redis.call('HDEL', book.base .. ':received', name)
    end
    if entry.expiresAt then redis.call('ZREM', book.base .. ':expiring', row.seq) end
    if entry.snoozedUntil then redis.call('ZREM', book.base .. ':snoozed', row.seq) end
  end
  redis.call('HDEL', book.base .. ':log', row.seq)
end

-- Gives up the entries up to a seq, and says so with an entry.
local function trim(book, upTo)
  for _, row in ipairs(rowsBetween(book, book.floor + 1, upTo)) do forget(book, row) end
  for _, index in ipairs({ ':notifications', ':sent', ':archived' }) do
    redis.call('ZREMRANGEBYSCORE', book.base .. index, '-inf', upTo)
  end
  book.floor = upTo
  growEntry(book, { kind = 'trim', upTo = upTo })
end

local function trimGrown(book)
  if book.head - book.floor <= book.bound then return end
  trim(book, math.min(book.head - book.most, book.floor + TRIMMED_AT_ONCE))
end

local function forgetClaims(book, before)
  local claims = redis.call('HGETALL', book.base .. ':claims')
  for n = 1, #claims, 2 do
    if tonumber(cjson.decode(claims[n + 1]).at) < before then redis.call('HDEL', book.base .. ':claims', claims[n]) end
  end
end

-- The last entry of the old end that was made before then; entries are in the order of their time.
local function lastBefore(book, before)
  local last = book.floor
  while last - book.floor < TRIMMED_AT_ONCE do
    local rows = rowsBetween(book, last + 1, math.min(book.head, last + PAGE))
    local old = 0
    for _, row in ipairs(rows) do
      if entryOf(row).at < before then old = old + 1; last = row.seq end
    end
    if old < PAGE then return last, false end
  end
  return last, true
end

-- Gives up what was made before then. Says whether there may be more of it.
local function expire(book, args)
  local before = tonumber(args[1])
  forgetClaims(book, before)
  local last, isMore = lastBefore(book, before)
  if last > book.floor then trim(book, last) end
  return { isMore and 1 or 0 }
end
