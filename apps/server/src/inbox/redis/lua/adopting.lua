-- Takes over logs that were kept elsewhere: their rows, as they are, and last where they stand. Until then there is no such log.

local function adopt(base, seq, flags, body)
  redis.call('HSET', base .. ':log', seq, flags .. ' ' .. body)
  local entry = cjson.decode(body)
  if entry.kind == 'sent' then
    redis.call('HSET', base .. ':drafts', entry.id, seq)
    redis.call('ZADD', base .. ':ids', 0, entry.id)
    redis.call('ZADD', base .. ':sent', seq, seq)
  elseif entry.kind == 'notification' and not has(flags, WOKEN) then
    redis.call('HSET', base .. ':received', nameOf(entry.from, entry.id), seq)
    if has(flags, GONE) then return end
    redis.call('ZADD', base .. ':notifications', seq, seq)
    if has(flags, ARCHIVED) then redis.call('ZADD', base .. ':archived', seq, seq) end
    if entry.expiresAt then redis.call('ZADD', base .. ':expiring', entry.expiresAt, seq) end
    if has(flags, SNOOZED) then redis.call('ZADD', base .. ':snoozed', entry.snoozedUntil, seq) end
  end
end

redis.register_function(NAME .. 'adopt', function(keys, args)
  for n = 1, #args, 3 do adopt(keys[1], args[n], tonumber(args[n + 1]), args[n + 2]) end
  return 1
end)

-- Says when something in it is due first, or nothing.
redis.register_function(NAME .. 'adopted', function(keys, args)
  local base, epoch, since, untilWhen = keys[1], args[1], args[2], args[3]
  for n = 9, #args, 2 do redis.call('ZADD', base .. ':mutes', args[n], args[n + 1]) end
  redis.call('HSET', base .. ':user', 'epoch', epoch, 'run', currentRun(), 'head', args[4], 'acked', args[5],
    'unseen', args[6], 'unread', args[7], 'floor', args[8])
  if since ~= '' then redis.call('HSET', base .. ':user', 'quietSince', since, 'quietUntil', untilWhen) end
  local book = { base = base }
  local due = math.min(firstOf(book, ':expiring'), firstOf(book, ':snoozed'))
  return due < math.huge and tostring(due) or ''
end)
