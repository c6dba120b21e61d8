-- A draft's three steps: its author claims the id, its recipient receives it, its author has it sent.

local function known(book, seq)
  return { 'known', tonumber(seq), entryOf(rowAt(book, seq)).at }
end

-- P51, over all hubs: takes one from the author's bucket. 0, or the milliseconds to wait: as hub/bucket.ts does it.
local function takeOne(base, atOnce, perSecond, longest)
  local key, now = base .. ':rate', clock()
  local held = redis.call('HMGET', key, 'level', 'at', 'turn')
  local before, turn = tonumber(held[2] or now), tonumber(held[3] or now)
  local level = math.min(atOnce, tonumber(held[1] or atOnce) + math.max(0, now - before) * perSecond / 1000)
  local wait = 0
  if level >= 1 then
    level = level - 1
  else
    turn = math.min(math.max(turn, now) + 1000 / perSecond, now + longest)
    wait = math.max(1, math.ceil(turn - now))
  end
  redis.call('HSET', key, 'level', string.format('%.6f', level), 'at', math.max(now, before), 'turn', turn)
  redis.call('PEXPIRE', key, math.ceil(atOnce / perSecond * 1000 + longest))
  return wait
end

-- Decides what this id stands for, once, before anybody else's log is touched (P12); unless its author is too fast.
registerWrite('claim', function(book, args)
  local id, digest, ref, atOnce, perSecond, longest = unpack(args)
  local wait = atOnce and takeOne(book.base, tonumber(atOnce), tonumber(perSecond), tonumber(longest)) or 0
  if wait > 0 then return { 'tooEarly', wait } end
  local seq = redis.call('HGET', book.base .. ':drafts', id)
  if seq then
    if entryOf(rowAt(book, seq)).digest ~= digest then return { 'conflict' } end
    return known(book, seq)
  end
  local before = redis.call('HGET', book.base .. ':claims', id)
  if before then
    local claim = cjson.decode(before)
    if claim.digest ~= digest then return { 'conflict' } end
    return { 'claimed', claim.ref, claim.at }
  end
  redis.call('HSET', book.base .. ':claims', id, cjson.encode({ digest = digest, ref = ref, at = book.at }))
  return { 'claimed', ref, book.at }
end)

local function isMuted(book, from, thread)
  if redis.call('ZSCORE', book.base .. ':mutes', 'from:' .. from) then return true end
  return thread ~= '' and redis.call('ZSCORE', book.base .. ':mutes', 'thread:' .. thread) and true or false
end

-- P56. Not decoded: an object of ours, which is not empty. Said twice is said once.
local function attended(body)
  return body:sub(1, -2) .. ',"attended":true}'
end

-- The notification, once for each ref: its id may have been another draft's, which its author has forgotten, or took back and forgot.
registerWrite('receive', function(book, args)
  local from, id, ref, thread, expiresAt, body = unpack(args)
  local name = nameOf(from, id)
  local row = rowAt(book, redis.call('HGET', book.base .. ':received', name))
  if row and entryOf(row).ref == ref and not has(row.flags, RETRACTED) then return { 'same' } end
  local flags = isMuted(book, from, thread) and MUTED or 0
  if isAttended(book.base, thread) then body = attended(body) end
  local seq = grow(book, flags, body)
  count(book, flags, 1)
  redis.call('HSET', book.base .. ':received', name, seq)
  redis.call('ZADD', book.base .. ':notifications', seq, seq)
  if expiresAt ~= '' then redis.call('ZADD', book.base .. ':expiring', expiresAt, seq) end
  return { 'stored' }
end)

registerWrite('sent', function(book, args)
  local id, body = unpack(args)
  local before = redis.call('HGET', book.base .. ':drafts', id)
  if before then return known(book, before) end
  local claim = redis.call('HGET', book.base .. ':claims', id)
  -- Its recipient may have acknowledged it by now, and said so to the claim (P14).
  local seq = grow(book, claim and cjson.decode(claim).flags or 0, body)
  redis.call('HSET', book.base .. ':drafts', id, seq)
  redis.call('ZADD', book.base .. ':ids', 0, id)
  redis.call('ZADD', book.base .. ':sent', seq, seq)
  redis.call('HDEL', book.base .. ':claims', id)
  return { 'stored', seq }
end)
