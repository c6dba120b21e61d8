-- Edit and retract (P26). `side`: what of the draft this log holds: 'in' its notification, 'out' its author's copy, or 'both'.

-- The rows of a draft in this log that are not taken back.
local function held(book, side, from, id, ref)
  local rows = {}
  local function hold(index, name)
    local row = rowAt(book, redis.call('HGET', book.base .. index, name))
    if row and entryOf(row).ref == ref and not has(row.flags, RETRACTED) then rows[#rows + 1] = row end
  end
  if side ~= 'out' then hold(':received', nameOf(from, id)) end
  if side ~= 'in' then hold(':drafts', id) end
  return rows
end

-- What was written leaves a row, and the rows of its edits.
local function empty(book, row)
  local entry = entryOf(row)
  for _, seq in ipairs(entry.edits or {}) do
    local edit = rowAt(book, seq)
    if edit then
      entryOf(edit).text = ''
      write(book, edit, true)
    end
  end
  entry.text, entry.url, entry.data, entry.snoozedUntil, entry.edits = '', nil, nil, nil, nil
  local flags = bit.bor(row.flags, RETRACTED)
  if entry.kind == 'notification' then setFlags(book, row, flags) else row.flags = flags end
  write(book, row, true)
end

local function takeBack(book, side, from, to, id, ref)
  local rows = held(book, side, from, id, ref)
  for _, row in ipairs(rows) do empty(book, row) end
  if #rows > 0 then growEntry(book, { kind = 'retraction', from = from, to = to, id = id }) end
end

registerWrite('retract', function(book, args)
  takeBack(book, unpack(args))
end)

registerWrite('edit', function(book, args)
  local side, from, to, id, ref, text = unpack(args)
  local changed = {}
  for _, row in ipairs(held(book, side, from, id, ref)) do
    if entryOf(row).text ~= text then changed[#changed + 1] = row end
  end
  if #changed == 0 then return end
  local seq = growEntry(book, { kind = 'edit', from = from, to = to, id = id, text = text })
  for _, row in ipairs(changed) do
    local entry = entryOf(row)
    entry.text, entry.edits = text, entry.edits or {}
    entry.edits[#entry.edits + 1] = seq
    row.flags = bit.bor(row.flags, EDITED)
    write(book, row, true)
  end
end)

-- The author's copy of a draft, if it has it still.
registerRead('draft', function(book, args)
  local seq = redis.call('HGET', book.base .. ':drafts', args[1])
  local raw = seq and redis.call('HGET', book.base .. ':log', seq)
  return raw and { seq, raw } or {}
end)
