-- What is put off (P53), muted (P54), and how quiet it is to be (P55).

local function putOff(book, seq, untilWhen)
  if not redis.call('ZSCORE', book.base .. ':notifications', seq) then return false end
  local row = rowAt(book, seq)
  local entry = entryOf(row)
  if entry.snoozedUntil == untilWhen then return false end
  entry.snoozedUntil = untilWhen
  if untilWhen then redis.call('ZADD', book.base .. ':snoozed', untilWhen, seq)
  else redis.call('ZREM', book.base .. ':snoozed', seq) end
  setFlags(book, row, untilWhen and bit.bor(row.flags, SNOOZED) or bit.band(row.flags, bit.bnot(SNOOZED)))
  write(book, row, true)
  return true
end

registerWrite('snooze', function(book, args)
  local untilWhen = tonumber(args[1])
  local changed = {}
  for n = 2, #args do
    if putOff(book, args[n], untilWhen) then changed[#changed + 1] = tonumber(args[n]) end
  end
  if #changed > 0 then growEntry(book, { kind = 'snooze', seqs = changed, ['until'] = untilWhen }) end
end)

registerWrite('mute', function(book, args)
  local what, name, muted, most = args[1], args[2], args[3] == '1', tonumber(args[4])
  local key, member = book.base .. ':mutes', what .. ':' .. name
  local isSo = (redis.call('ZSCORE', key, member) and true or false) == muted
  if isSo then return { 'same' } end
  if muted and redis.call('ZCARD', key) >= most then return { 'tooManyMutes' } end
  local seq = growEntry(book, { kind = 'mute', target = { [what] = name }, muted = muted })
  if muted then redis.call('ZADD', key, seq, member) else redis.call('ZREM', key, member) end
  return { 'done' }
end)

-- Since when, and until when; below zero: it was ended then.
local function quietOf(book)
  local since, untilWhen = unpack(redis.call('HMGET', book.base .. ':user', 'quietSince', 'quietUntil'))
  return tonumber(since or ''), tonumber(untilWhen or '')
end

registerWrite('quiet', function(book, args)
  local since, before = quietOf(book)
  local untilWhen = tonumber(args[1])
  local isQuiet = before ~= nil and book.at < before
  if untilWhen == (isQuiet and before or nil) then return end
  local quiet = { since = isQuiet and since or book.head + 1, ['until'] = untilWhen or book.at, over = not untilWhen or nil }
  local kept = quiet.over and -quiet['until'] or quiet['until']
  redis.call('HSET', book.base .. ':user', 'quietSince', quiet.since, 'quietUntil', kept)
  growEntry(book, { kind = 'quiet', quiet = quiet })
end)
