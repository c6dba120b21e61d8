-- How a function is offered. Reply of one that writes: 'ok', epoch, head, unseen, unread, { seq, row, seq, row, … } of what grew,
-- and what it says itself; or 'unborn' or 'unsettled', and nothing has happened. First arguments of one that writes: when
-- it happens, how many entries the log holds, and at how many it is trimmed to that.

local function openForWriting(base, args)
  local book, why = settled(base)
  if not book then return nil, why end
  book.at, book.most, book.bound = tonumber(args[1]), tonumber(args[2]), tonumber(args[3])
  book.grown = {}
  return book
end

local function registerWrite(name, act)
  redis.register_function(NAME .. name, function(keys, args)
    local book, why = openForWriting(keys[1], args)
    if not book then return { why } end
    local said = act(book, rest(args, 4))
    if #book.grown > 0 then trimGrown(book) end
    save(book)
    return { 'ok', book.epoch, book.head, book.unseen, book.unread, book.grown, said or {} }
  end)
end

local function registerRead(name, act)
  redis.register_function({
    function_name = NAME .. name,
    callback = function(keys, args)
      local book, why = settled(keys[1])
      if not book then return { why } end
      return { 'ok', book.epoch, book.head, book.unseen, book.unread, {}, act(book, args) or {} }
    end,
    flags = { 'no-writes' },
  })
end

-- Gives a log an epoch: a new user's, or that of a log whose last seqs may be lost. Whoever is second finds it done.
redis.register_function(NAME .. 'settle', function(keys, args)
  if settled(keys[1]) then return 0 end
  redis.call('HSET', keys[1] .. ':user', 'epoch', args[1], 'run', currentRun())
  for _, field in ipairs({ 'head', 'acked', 'unseen', 'unread', 'floor' }) do
    redis.call('HSETNX', keys[1] .. ':user', field, 0)
  end
  return 1
end)

registerWrite('expire', expire)
