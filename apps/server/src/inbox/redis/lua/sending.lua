-- A draft's three steps: its author claims the id, its recipient receives it, its author has it sent.

local function known(book, seq)
  return { 'known', tonumber(seq), entryOf(rowAt(book, seq)).at }
end

-- Decides what this id stands for, once, before anybody else's log is touched (P12).
registerWrite('claim', function(book, args)
  local id, digest, ref = unpack(args)
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

-- The notification, once for each ref: its id may have been another draft's, which its author has forgotten, or took back and forgot.
registerWrite('receive', function(book, args)
  local from, id, ref, thread, expiresAt, body = unpack(args)
  local name = nameOf(from, id)
  local row = rowAt(book, redis.call('HGET', book.base .. ':received', name))
  if row and entryOf(row).ref == ref and not has(row.flags, RETRACTED) then return { 'same' } end
  local flags = isMuted(book, from, thread) and MUTED or 0
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
  local seq = grow(book, 0, body)
  redis.call('HSET', book.base .. ':drafts', id, seq)
  redis.call('ZADD', book.base .. ':ids', 0, id)
  redis.call('ZADD', book.base .. ':sent', seq, seq)
  redis.call('HDEL', book.base .. ':claims', id)
  return { 'stored', seq }
end)
