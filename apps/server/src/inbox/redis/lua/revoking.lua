-- What is revoked stays revoked, in whatever order it is said (P32).

redis.register_function(NAME .. 'revokeUser', function(keys, args)
  local before = tonumber(redis.call('GET', keys[1]) or '')
  if not before or before < tonumber(args[1]) then redis.call('SET', keys[1], args[1]) end
  return 1
end)

-- Once without an end, never with one again.
redis.register_function(NAME .. 'revokeToken', function(keys, args)
  local left = redis.call('PTTL', keys[1])
  if left == -1 then return 1 end
  redis.call('SET', keys[1], 1, 'KEEPTTL')
  if args[1] == '' then
    redis.call('PERSIST', keys[1])
  elseif left == -2 or tonumber(args[1]) > redis.call('PEXPIRETIME', keys[1]) then
    redis.call('PEXPIREAT', keys[1], args[1])
  end
  return 1
end)
