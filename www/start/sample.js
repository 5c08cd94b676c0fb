/**
 * @file The sample article: written for this project and shaped like a page as one pastes it. All names are invented.
 */

export const sample = `News / Environment / Rivers and coasts

Harbour towns go to court over Orrin barrage

Three towns say the dam would flood their old quarters; the ministry calls the fears unfounded

By Marta Ilves in Port Orrin and Tomas Reyl in Aldenmoor | The Orrin Courier | Updated: 14 March 2025, 6:40 p.m.

PORT ORRIN — Three towns at the mouth of the Orrin went to court on Thursday against the government's plan for a tidal barrage. The towns say that it would put their oldest streets under water.

“We are not against clean power, but we will not pay for it with our homes,” said Helen Aster, the mayor of Port Orrin. She said the towns had learned of the final design from a newspaper.

The barrage, a wall of 2.4 kilometres with 18 turbines, is to be built from next spring. It would supply 310,000 households, according to the Northlight Power Company, which is to run it.

Jonas Brandt, a spokesman for the Ministry of Infrastructure, denied that any street would be flooded. “These fears are unfounded,” he said, adding that the ministry had paid for “the most careful study of any estuary in the country.”

That study is part of the dispute. Dr. Ruben Lind, a hydrologist at the Halden Institute for Water Research, told the court that it rests on tide records which end in 1998.

“The sea has risen by nine centimetres since then,” Lind said. “A wall that looks safe on paper may be too low on the day it opens.

“I told the ministry so in writing, twice, and I have never had an answer.”

Mr. Brandt said he could not comment on letters. He promised that the records would be published “before the first stone is laid.”

The Northlight Power Company said in a statement that it would follow whatever the court decides, but warned that a delay of one year could cost 40 million crowns.

Aster accused the government of hurrying the plan through before the election in June. “Ask them why the hearing lasted twenty minutes,” she said. “I was there. Nobody from the ministry took a note.”

Lind believes that a lower wall, further out, would harm neither the towns nor the turbines. The Halden Institute has offered to model it without charge.

The regional court in Aldenmoor is expected to hear the case in May. Residents outside the town hall on Thursday evening said they would all be there.

Related
Why the tide tables are wrong
Northlight shares fall after court filing
Five barrages that were never built

Contact the newsroom: newsroom@orrincourier.example
© 2025 The Orrin Courier. All rights reserved.
`;
