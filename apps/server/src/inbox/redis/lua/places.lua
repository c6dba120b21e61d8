-- Which hubs there are, which of them have connections of whom, and who looks at what there. Nothing of it is a log: each hub says
-- again what is its own, and what it does not say again is forgotten. Times are this server's, in milliseconds.

local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- A hub is here for that long. Reply: the life of this server process, whether the hub was known, and every hub that is here.
redis.register_function(NAME .. 'hubs', function(keys, args)
  local key, now = keys[1] .. ':hubs', clock()
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  local known = redis.call('ZSCORE', key, args[1]) and 1 or 0
  redis.call('ZADD', key, now + args[2], args[1])
  return { currentRun(), known, redis.call('ZRANGE', key, 0, -1) }
end)

-- A hub that ends in good order.
redis.register_function(NAME .. 'depart', function(keys, args)
  return redis.call('ZREM', keys[1] .. ':hubs', args[1])
end)

-- What is kept of a user's places: a field a hub, how many connections it has and until when that holds.
local function placesOf(base)
  local all, now, held, over = redis.call('HGETALL', base .. ':places'), clock(), {}, {}
  for n = 1, #all, 2 do
    local count, till = all[n + 1]:match('^(%d+) (%d+)$')
    if tonumber(till) > now then held[#held + 1], held[#held + 2] = all[n], tonumber(count)
    else over[#over + 1] = all[n] end
  end
  return held, over
end

-- A hub has so many connections of this user. Reply: hub, connections, hub, connections, … of all that have any.
redis.register_function(NAME .. 'place', function(keys, args)
  local key, hub, count, lease = keys[1] .. ':places', unpack(args)
  if count == '0' then
    redis.call('HDEL', key, hub)
  else
    redis.call('HSET', key, hub, string.format('%d %.0f', count, clock() + lease))
    redis.call('PEXPIRE', key, lease)
  end
  local held, over = placesOf(keys[1])
  if #over > 0 then redis.call('HDEL', key, unpack(over)) end
  return held
end)

redis.register_function({
  function_name = NAME .. 'places',
  callback = function(keys) return (placesOf(keys[1])) end,
  flags = { 'no-writes' },
})

-- P20: a number above all that were given for this user, also if those are lost. A double holds microseconds until the year 2255.
redis.register_function(NAME .. 'stamp', function(keys)
  local time = redis.call('TIME')
  local now, before = time[1] * 1000000 + time[2], tonumber(redis.call('GET', keys[1] .. ':newest') or 0)
  local stamp = string.format('%.0f', math.max(now, before + 1))
  redis.call('SET', keys[1] .. ':newest', stamp, 'EX', 86400)
  return stamp
end)

-- P56: connections to a hub look at these threads; a field a hub, until when and which.
redis.register_function(NAME .. 'attend', function(keys, args)
  local key, hub, lease = keys[1] .. ':attention', args[1], args[2]
  local threads = rest(args, 3)
  if #threads == 0 then return redis.call('HDEL', key, hub) end
  redis.call('HSET', key, hub, cjson.encode({ till = clock() + lease, threads = threads }))
  return redis.call('PEXPIRE', key, lease)
end)

-- Whether any hub has said that this user looks at the thread, and does so still.
local function isAttended(base, thread)
  if thread == '' then return false end
  local hubs = redis.call('HVALS', base .. ':attention')
  local now = #hubs > 0 and clock()
  for _, raw in ipairs(hubs) do
    local attention = cjson.decode(raw)
    for _, each in ipairs(attention.till > now and attention.threads or {}) do
      if each == thread then return true end
    end
  end
  return false
end
